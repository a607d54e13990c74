package io.pocketllm.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.sample.Inbox.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the personal inbox data promises. */
@Timeout(60)
class InboxDataTest {

    static final List<String> PERSONAS = Inbox.PERSONAS;

    private static final Set<String> LABELS = Set.of("reply now", "read later", "ignore");

    static Stream<org.junit.jupiter.params.provider.Arguments> files() {
        return PERSONAS.stream()
                .flatMap(
                        persona ->
                                Inbox.SPLITS.stream()
                                        .map(
                                                split ->
                                                        org.junit.jupiter.params.provider.Arguments
                                                                .of(persona, split)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsUtf8WithAHeaderAndOneTabALine(String persona, String split) throws Exception {
        List<String> lines = Inbox.lines(persona, split);

        assertThat(lines.getFirst()).isEqualTo("text\tlabel");
        assertThat(lines.stream().skip(1))
                .allMatch(line -> line.chars().filter(c -> c == '\t').count() == 1)
                .noneMatch(line -> line.contains("\r") || line.contains("\uFFFD"))
                .allMatch(line -> line.equals(line.strip()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aMessageHasFiveToTwentyFiveWordsAndOneOfThreeLabels(String persona, String split)
            throws Exception {
        List<Message> messages = Inbox.messages(persona, split);

        assertThat(messages)
                .allSatisfy(m -> assertThat(m.text().split("\\s+")).hasSizeBetween(5, 25));
        assertThat(messages).extracting(Message::label).containsOnlyElementsOf(LABELS);
        assertThat(new HashSet<>(messages)).hasSameSizeAs(messages);
    }

    /** A label that nearly everything has would make a poor judge. */
    @ParameterizedTest
    @MethodSource("files")
    void noLabelIsRareAndNoneIsMostOfIt(String persona, String split) throws Exception {
        List<Message> messages = Inbox.messages(persona, split);
        Map<String, Long> counts =
                messages.stream()
                        .collect(Collectors.groupingBy(Message::label, Collectors.counting()));

        assertThat(counts).hasSize(3);
        assertThat(counts.values())
                .allSatisfy(n -> assertThat((double) n / messages.size()).isBetween(0.2, 0.5));
    }

    @ParameterizedTest
    @FieldSource("PERSONAS")
    void aPersonaHasAtLeastSixHundredMessages(String persona) throws Exception {
        Set<String> texts = new HashSet<>();
        for (String split : Inbox.SPLITS) {
            texts.addAll(Inbox.texts(persona, split));
        }

        assertThat(texts).hasSizeGreaterThanOrEqualTo(600);
    }

    /** Personal means: the same message is one thing to one person and another to the other. */
    @Test
    void twoPersonasShareTheirMessagesAndLabelFourInTenDifferently() throws Exception {
        for (String split : Inbox.SPLITS) {
            Map<String, String> nurse = labels("inbox-nurse", split);
            Map<String, String> mechanic = labels("inbox-mechanic", split);
            long different =
                    nurse.keySet().stream()
                            .filter(text -> !nurse.get(text).equals(mechanic.get(text)))
                            .count();

            assertThat(mechanic.keySet()).as(split).isEqualTo(nurse.keySet());
            assertThat((double) different / nurse.size()).as(split).isGreaterThanOrEqualTo(0.4);
        }
    }

    private static Map<String, String> labels(String persona, String split) throws Exception {
        return Inbox.messages(persona, split).stream()
                .collect(Collectors.toMap(Message::text, Message::label));
    }

    @ParameterizedTest
    @CsvSource({"train, validation", "train, test", "validation, test"})
    void twoSplitsShareNoMessageNoTemplateAndNoNearCopy(String one, String other) throws Exception {
        List<LeakFinder.Leak> leaks = new ArrayList<>();
        for (String persona : PERSONAS) {
            leaks.addAll(
                    LeakFinder.between(Inbox.texts(persona, one), Inbox.texts(persona, other)));
        }

        assertThat(leaks).isEmpty();
    }
}
