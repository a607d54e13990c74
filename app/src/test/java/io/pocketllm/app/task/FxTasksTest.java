package io.pocketllm.app.task;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FxTasksTest {

    @Test
    void work_asked_for_after_the_window_closed_is_left_undone_without_a_word() {
        FxTasks tasks = new FxTasks();
        tasks.close();
        assertThatCode(
                        () -> {
                            tasks.run(() -> 1, done -> {}, failed -> {});
                            tasks.every(Duration.ofSeconds(1), () -> {}).stop();
                        })
                .doesNotThrowAnyException();
    }
}
