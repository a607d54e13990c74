package io.pocketllm.app.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class FxTasksTest {

    @Test
    void work_asked_for_after_the_window_closed_is_left_undone_without_a_word() {
        FxTasks tasks = new FxTasks();
        tasks.close();
        assertThatCode(
                        () -> {
                            tasks.run(() -> 1, done -> {}, failed -> {});
                            tasks.patient().run(() -> 1, done -> {}, failed -> {});
                            tasks.every(Duration.ofSeconds(1), () -> {}).stop();
                        })
                .doesNotThrowAnyException();
    }

    @Test
    void work_that_waits_for_a_phone_waits_for_no_other_work() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(20);
        try (FxTasks tasks = new FxTasks()) {
            for (int i = 0; i < 20; i++) {
                tasks.patient()
                        .run(
                                () -> {
                                    begun.countDown();
                                    end.await();
                                    return null;
                                },
                                done -> {},
                                failed -> {});
            }
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        }
        end.countDown();
    }
}
