package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What was heard of a run on a phone. */
final class HeardRun {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final List<Event> events = new CopyOnWriteArrayList<>();

    void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).until(condition);
    }

    void awaitEvent(Predicate<Event> wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events).as("heard so far").anyMatch(wanted));
    }

    void awaitStep(int step) {
        awaitEvent(e -> e instanceof Event.Step s && s.step() >= step);
    }

    <E extends Event> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Integer> steps() {
        return of(Event.Step.class).stream().map(Event.Step::step).toList();
    }

    static ExitCode awaitEnd(PhoneRun run) {
        Awaitility.await().atMost(PATIENCE).until(run.ended()::isDone);
        return run.ended().join();
    }
}
