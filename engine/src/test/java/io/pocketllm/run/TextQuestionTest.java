package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions as lines of a worker's input: any text fits in one, and no other line is one. */
class TextQuestionTest {

    @Property(tries = 300)
    void anyTextComesBackFromOneLine(@ForAll String text, @ForAll long id) {
        if (!TextQuestion.isUsable(text)) {
            return;
        }
        TextQuestion question = new TextQuestion(id, text);

        assertThat(question.line()).doesNotContain("\n", "\r");
        assertThat(TextQuestion.of(question.line())).contains(question);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pause",
                "predict",
                "{",
                "[]",
                "{}",
                "{\"command\":\"predict\"}",
                "{\"command\":\"predict\",\"id\":1}",
                "{\"command\":\"predict\",\"id\":1,\"text\":\"  \"}",
                "{\"command\":\"predict\",\"id\":1,\"text\":7}",
                "{\"command\":\"predict\",\"id\":1.5,\"text\":\"a\"}",
                "{\"command\":\"predict\",\"id\":\"1\",\"text\":\"a\"}",
                "{\"command\":\"stop\",\"id\":1,\"text\":\"a\"}",
                "{\"command\":\"predict\",\"id\":99999999999999999999,\"text\":\"a\"}",
            })
    void whatIsNoQuestionIsPassedOver(String line) {
        assertThat(TextQuestion.of(line)).isEmpty();
    }

    @Test
    void aTextThatIsTooLongIsRefusedOnBothSides() {
        String longText = "a".repeat(TextQuestion.MAX_CHARS + 1);

        assertThatThrownBy(() -> new TextQuestion(1, longText))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4000");
        assertThat(
                        TextQuestion.of(
                                "{\"command\":\"predict\",\"id\":1,\"text\":\"" + longText + "\"}"))
                .isEmpty();
    }
}
