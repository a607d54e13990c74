package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTemplateTest {

    private static final Set<String> NAMES = Set.of("text", "text2");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "masked;   {text} It was good.;      has no {mask}",
                "masked;   {mask} {text} {mask};     has {mask} 2 times",
                "masked;   {text} {answer};          has {answer}, which goes with another kind",
                "masked;   It was {mask}.;           has no place for the example's text",
                "masked;   {sentence} {mask};        has the unknown place {sentence}",
                "masked;   {} {text} {mask};         has the unknown place {}",
                "masked;   {text {mask};             has the unknown place {text {mask}",
                "masked;   {text} {mask;             has a { at character 8 that is not closed",
                "masked;   {text} {mask} };          has a } at character 15 that closes nothing",
                "masked;   {text|upper} {mask};      has {text|upper}, and there is no such form",
                "masked;   {mask|lowerFirst} {text}; goes with another kind",
                "answered; {text};                   has no {answer}",
                "answered; {text} {answer} {answer}; has {answer} 2 times",
                "answered; {text} {mask} {answer};   has {mask}, which goes with another kind",
                "answered; {answer} {text};          has {text} behind {answer}",
                "answered; {answer};                 has no place for the example's text"
            })
    void aTemplateThatCannotWorkIsRefused(String kind, String source, String problem) {
        TemplateException refused =
                catchThrowableOfType(TemplateException.class, () -> parse(kind, source));

        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused).hasMessageContaining(problem);
        assertThat(refused.hint()).isNotBlank();
    }

    private static PromptTemplate parse(String kind, String source) throws TemplateException {
        return kind.equals("masked")
                ? PromptTemplate.masked(source, NAMES)
                : PromptTemplate.answered(source, NAMES);
    }

    @Property(tries = 500)
    void anyTextIsATemplateOrRefusedInWords(@ForAll String source) {
        try {
            assertThat(PromptTemplate.masked(source, NAMES).texts()).isNotEmpty();
        } catch (TemplateException e) {
            assertThat(e.hint()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{text} is {{good}} {answer};               A dog ran. is {good} Yes",
                "{text|noFinalMark}? {answer};              A dog ran? Yes",
                "{text2|question} {answer};                 Does it bark? Yes",
                "{text|noFinalMark}, {text2|lowerFirst}: {answer}; A dog ran, does it bark: Yes"
            })
    void aFilledTemplateReadsAsWritten(String source, String expected) throws Exception {
        Example example =
                new Example(Map.of("text", "A dog ran.", "text2", "does it bark"), 0, null);

        Prompt prompt = Prompt.of(parse("answered", source), example, "Yes");

        assertThat(prompt.text()).isEqualTo(expected);
    }

    @Test
    void everyPresetHasTemplatesThatParseAndColumnsForTheirTexts() throws Exception {
        assertThat(TaskPreset.ids())
                .containsExactly("sst-2", "sst-5", "trec", "snli", "mnli", "rte", "boolq", "squad");
        for (String id : TaskPreset.ids()) {
            TaskPreset preset = TaskPreset.of(id);
            assertThat(preset.title()).isNotBlank();
            Set<String> names = preset.columns().keySet();
            if (preset.masked() != null) {
                PromptTemplate.masked(preset.masked().template(), names);
                assertThat(preset.masked().words().keySet())
                        .containsExactlyInAnyOrderElementsOf(preset.labelNames());
            }
            if (preset.answered() != null) {
                PromptTemplate.answered(preset.answered().template(), names);
                assertThat(preset.answered().words().keySet())
                        .containsExactlyInAnyOrderElementsOf(preset.labelNames());
            }
        }
    }
}
