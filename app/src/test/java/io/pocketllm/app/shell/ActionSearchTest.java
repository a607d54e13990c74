package io.pocketllm.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class ActionSearchTest {

    private static final List<Action> ACTIONS =
            List.of(
                    Action.withoutKey("Method: MeZO on LoRA", () -> true, () -> {}),
                    Action.withoutKey("Method: LOZO", () -> true, () -> {}),
                    Action.withoutKey("Stop", () -> false, () -> {}),
                    new Action("Go to method", KeyCode.M, true, () -> true, () -> {}));

    private static List<String> found(String typed) {
        return ActionSearch.find(ACTIONS, typed).stream().map(Action::name).toList();
    }

    @Test
    void every_word_must_be_there_in_any_order_and_case() {
        assertThat(found("lora METHOD")).containsExactly("Method: MeZO on LoRA");
        assertThat(found("zo")).containsExactly("Method: MeZO on LoRA", "Method: LOZO");
        assertThat(found("nothing such")).isEmpty();
    }

    @Test
    void nothing_typed_shows_all_that_can_be_done_now() {
        assertThat(found(" ")).hasSize(3).doesNotContain("Stop");
    }

    @Test
    void what_begins_with_the_words_comes_first() {
        assertThat(found("go")).startsWith("Go to method");
        assertThat(found("method")).endsWith("Go to method");
    }

    @Test
    void an_action_without_a_key_answers_to_none() {
        assertThat(ACTIONS.getFirst().keyText()).isEmpty();
        assertThat(ACTIONS.getFirst().matches(KeyCode.M, "m", true, false)).isFalse();
        assertThat(ACTIONS.getLast().matches(KeyCode.M, "m", true, false)).isTrue();
    }
}
