package io.pocketllm.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CSV and JSON lines, good and bad. */
class RowFormatsTest {

    private static final List<String> LABELS = List.of("no", "yes");
    private static final RowShape LABELLED =
            new RowShape(List.of("text"), true, Map.of(), LABELS, LABELS, true, ChatFormat.PLAIN);
    private static final RowShape ANSWERED = answered(ChatFormat.PLAIN);

    private static RowShape answered(ChatFormat chat) {
        return new RowShape(List.of("prompt"), false, Map.of(), List.of(), List.of(), true, chat);
    }

    private static Example pair(String text, String text2, int label) {
        return new Example(Map.of("text", text, "text2", text2), label, null);
    }

    private static Example answer(String prompt, String answer) {
        return new Example(Map.of("prompt", prompt), -1, answer);
    }

    static Stream<Arguments> good() {
        List<Example> two = List.of(new Example("a, b", 1), new Example("c", 0));
        return Stream.of(
                arguments("csv", LABELLED, "text,label\n\"a, b\",yes\nc,no\n", two),
                arguments("csv", LABELLED, "\uFEFFlabel,text\r\n\r\nyes,\"a, b\"\r\n0,c", two),
                arguments(
                        "csv",
                        LABELLED,
                        "text,label\n\"two\nlines and \"\"quotes\"\"\",yes\n5\" nails,no\n",
                        List.of(
                                new Example("two\nlines and \"quotes\"", 1),
                                new Example("5\" nails", 0))),
                arguments(
                        "csv",
                        LABELLED,
                        "id,premise,hypothesis,label\n7,a,b,1\n",
                        List.of(pair("a", "b", 1))),
                arguments(
                        "jsonl",
                        LABELLED,
                        "{\"text\":\"a, b\",\"label\":1}\n\n{\"label\":\"no\",\"text\":\" c \"}\n",
                        two),
                arguments(
                        "jsonl",
                        LABELLED,
                        "{\"text\":\"a\",\"text2\":\"b\",\"label\":0,\"more\":{\"x\":[1]}}",
                        List.of(pair("a", "b", 0))),
                arguments(
                        "jsonl",
                        ANSWERED,
                        "{\"prompt\":\"2 + 2 =\",\"completion\":\" 4\"}",
                        List.of(answer("2 + 2 =", " 4"))),
                arguments(
                        "jsonl",
                        ANSWERED,
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\","
                                + "\"content\":\"Hello\"},{\"role\":\"user\",\"content\":\"Bye\"},"
                                + "{\"role\":\"assistant\",\"content\":\"See you\"}]}",
                        List.of(
                                answer(
                                        "User: Hi\nAssistant: Hello\nUser: Bye\nAssistant: ",
                                        "See you"))),
                arguments(
                        "jsonl",
                        answered(ChatFormat.CHATML),
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\","
                                + "\"content\":\"Hello\"}]}",
                        List.of(
                                answer(
                                        "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
                                        "Hello"))));
    }

    @ParameterizedTest
    @MethodSource("good")
    void examplesAreRead(String format, RowShape shape, String file, List<Example> expected)
            throws Exception {
        assertThat(read(format, shape, file.getBytes(UTF_8), false)).isEqualTo(expected);
    }

    @Test
    void squadsNestedAnswersAreReadByAPath() throws Exception {
        TaskPreset squad = TaskPreset.of("squad");
        RowShape shape =
                new RowShape(
                        List.of("title", "context", "question"),
                        false,
                        squad.columns(),
                        List.of(),
                        List.of(),
                        true,
                        ChatFormat.PLAIN);
        String file =
                "{\"id\":\"1\",\"title\":\"T\",\"context\":\"C\",\"question\":\"Q?\","
                        + "\"answers\":{\"text\":[\"one\",\"two\"],\"answer_start\":[3,4]}}";

        assertThat(read("jsonl", shape, file.getBytes(UTF_8), false))
                .containsExactly(
                        new Example(
                                Map.of("title", "T", "context", "C", "question", "Q?"), -1, "one"));
    }

    static Stream<Arguments> bad() {
        String csv = "text,label\na,yes\n";
        String json = "{\"text\":\"a\",\"label\":\"yes\"}\n";
        return Stream.of(
                arguments("csv", csv + "b\n", "line 3 has 1 column where the first line has 2"),
                arguments("csv", csv + "b,no,x\n", "line 3 has 3 columns"),
                arguments("csv", csv + "\"b,no\nc,no\n", "line 3 opens a quote that is not"),
                arguments("csv", csv + "\"b\"x,no\n", "line 3 is not valid CSV"),
                arguments("csv", csv + "b,maybe\n", "line 3 has the label \"maybe\""),
                arguments("csv", csv + "b,7\n", "line 3 has the label \"7\""),
                arguments("csv", csv + " ,no\n", "line 3 has an empty text"),
                arguments(
                        "csv", "text,class\na,yes\n", "its first line has no column for the label"),
                arguments("csv", "text,\na,b\n", "line 1 is no header"),
                arguments("csv", "text,label\n", "holds no examples"),
                arguments("jsonl", "", "holds no examples"),
                arguments(
                        "jsonl", json + "{\"text\":\"b\",\n", "line 2 is not valid JSON at column"),
                arguments("jsonl", json + json.strip() + "x\n", "line 2 is not valid JSON"),
                arguments("jsonl", "[" + json, "line 1 is not valid JSON"),
                arguments("jsonl", json + "[1]\n", "line 2 holds no JSON object"),
                arguments("jsonl", "{\"text\":\"a\",\"text\":\"b\"}", "line 1 is not valid JSON"),
                arguments("jsonl", "{\"text\":5,\"label\":1}", "line 1 has 5 as \"text\""),
                arguments("jsonl", "{\"text\":\"a\",\"label\":0.5}", "line 1 has 0.5 as \"label\""),
                arguments(
                        "jsonl", "{\"text\":\"a\",\"label\":null}", "has no column for the label"),
                arguments("jsonl", "{\"text\":\"\",\"label\":1}", "line 1 has an empty text"),
                arguments("jsonl", "{\"text\":\"a\",\"label\":-1}", "line 1 has the label \"-1\""),
                arguments(
                        "jsonl",
                        json + "{\"text\":\"" + "x".repeat(1 << 20) + "\",\"label\":1}\n",
                        "line 2 is longer than 1024 KiB"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadFileIsRefusedNamingTheLine(String format, String file, String problem) {
        DataException refused =
                catchThrowableOfType(
                        DataException.class,
                        () -> read(format, LABELLED, file.getBytes(UTF_8), false));

        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused).hasMessageStartingWith("data." + format + ": ");
        assertThat(refused).hasMessageContaining(problem);
        assertThat(refused.hint()).isNotBlank();
        assertThat(refused.getMessage()).hasSizeLessThan(400);
    }

    @Test
    void aConversationWithoutAnAnswerIsRefused() {
        for (String messages :
                List.of(
                        "[]",
                        "[{\"role\":\"assistant\",\"content\":\"Hi\"}]",
                        "[{\"role\":\"user\",\"content\":\"Hi\"}]",
                        "[{\"role\":\"user\"},{\"role\":\"assistant\",\"content\":\"Hi\"}]",
                        "[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\" \"}]")) {
            String file = "{\"messages\":" + messages + "}";
            DataException refused =
                    catchThrowableOfType(
                            DataException.class,
                            () -> read("jsonl", ANSWERED, file.getBytes(UTF_8), false));
            assertThat(refused).as(messages).isNotNull();
            assertThat(refused).hasMessageStartingWith("data.jsonl: line 1 has no");
        }
    }

    @Test
    void skippedLinesAreCountedByReasonWithTheFirstOfEach() throws Exception {
        String file =
                "text,label\na,yes\nb\nc,perhaps\nd\n\"e,no\nf,no\n"
                        + "g,"
                        + "x".repeat(1 << 21)
                        + "\n,yes\nh,no\n";
        byte[] bytes = (file + "G?,no\n").getBytes(UTF_8);
        bytes[bytes.length - 5] = (byte) 0xFF;
        List<Example> examples = new ArrayList<>();

        List<DataWarning> warnings =
                file("csv", bytes).stream(LABELLED, true, examples::add).warnings();

        assertThat(examples)
                .containsExactly(new Example("a", 1), new Example("f", 0), new Example("h", 0));
        assertThat(warnings)
                .extracting(DataWarning::message)
                .containsExactlyInAnyOrder(
                        "data.csv: skipped 3 lines malformed; the first: line 3 has 1 column where"
                                + " the first line has 2",
                        "data.csv: skipped 1 line with an unknown label; the first: line 4 has the"
                                + " label \"perhaps\", which objective.labels does not list",
                        "data.csv: skipped 1 line too long; the first: line 8 is longer than 1024"
                                + " KiB",
                        "data.csv: skipped 1 line with an empty text; the first: line 9 has an"
                                + " empty text",
                        "data.csv: skipped 1 line not valid UTF-8; the first: line 11 is not valid"
                                + " UTF-8");
    }

    @Test
    void aFileOfWhichNothingIsLeftIsAnErrorEvenWhenSkipping() {
        DataException refused =
                catchThrowableOfType(
                        DataException.class,
                        () -> read("jsonl", LABELLED, "{}\nx\n[]\n".getBytes(UTF_8), true));

        assertThat(refused)
                .hasMessageStartingWith(
                        "data.jsonl: all 3 lines were skipped; line 1 has no column");
    }

    @Test
    void aTableWithoutAHeaderHasNumberedColumns() throws Exception {
        RowShape shape =
                new RowShape(
                        List.of("text"),
                        true,
                        RowShape.merged(Map.of("text", "2", "label", "1"), Map.of()),
                        LABELS,
                        LABELS,
                        false,
                        ChatFormat.PLAIN);

        assertThat(read("csv", shape, "1,a\n0,b\n".getBytes(UTF_8), false))
                .containsExactly(new Example("a", 1), new Example("b", 0));
    }

    @Property(tries = 300)
    void anyTextComesBackFromCsvAsItWasWritten(@ForAll @From("texts") List<String> texts)
            throws Exception {
        StringBuilder file = new StringBuilder("text,label\n");
        texts.forEach(t -> file.append('"').append(t.replace("\"", "\"\"")).append("\",yes\n"));

        assertThat(read("csv", LABELLED, file.toString().getBytes(UTF_8), false))
                .isEqualTo(texts.stream().map(t -> new Example(t.strip(), 1)).toList());
    }

    @Property(tries = 300)
    void anyBytesAreReadOrRefusedInWords(@ForAll byte[] bytes, @ForAll boolean skip) {
        for (String format : List.of("tsv", "csv", "jsonl")) {
            try {
                read(format, LABELLED, bytes, skip);
            } catch (DataException e) {
                assertThat(e.hint()).isNotBlank();
            }
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withChars("ab ,\"\nß\t;")
                .ofMinLength(1)
                .ofMaxLength(20)
                .filter(text -> !text.isBlank())
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    private static List<Example> read(String format, RowShape shape, byte[] file, boolean skip)
            throws DataException {
        List<Example> examples = new ArrayList<>();
        file(format, file).stream(shape, skip, examples::add);
        return examples;
    }

    private static DataFile file(String format, byte[] bytes) throws DataException {
        String name = "data." + format;
        return new DataFile(name, DataFormat.of(name), () -> new ByteArrayInputStream(bytes));
    }
}
