package io.pocketllm.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DebounceTest {

    private final InlineTasks tasks = new InlineTasks();
    private final Debounce debounce = new Debounce(tasks, Duration.ofMillis(100));
    private final List<String> done = new ArrayList<>();

    @Test
    void only_the_last_of_several_calls_comes_through_and_only_once() {
        debounce.call(() -> done.add("1"));
        debounce.call(() -> done.add("12"));
        debounce.call(() -> done.add("128"));
        assertThat(done).isEmpty();
        tasks.tick();
        tasks.tick();
        assertThat(done).containsExactly("128");
    }

    @Test
    void what_waits_can_be_had_at_once() {
        debounce.flush();
        debounce.call(() -> done.add("1"));
        debounce.flush();
        tasks.tick();
        assertThat(done).containsExactly("1");
    }
}
