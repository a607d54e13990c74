package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A run in a real worker, everything its listener heard, and the worker's own process. */
final class RecordedRun implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Event> events = new ArrayList<>();
    private final RunProcess process;
    private final ProcessHandle worker;

    private RecordedRun(RunFile file, Path out) throws IOException, RunFileException {
        Set<ProcessHandle> before = new HashSet<>(children());
        Runs runs = new Runs(Folders.under(SmallInbox.sharedHome()));
        process = file == null ? runs.resume(out, this::hear) : runs.startIn(file, out, this::hear);
        List<ProcessHandle> started = new ArrayList<>(children());
        started.removeAll(before);
        assertThat(started).as("processes that the run started").hasSize(1);
        worker = started.getFirst();
    }

    static RecordedRun start(RunFile file, Path out) throws IOException, RunFileException {
        return new RecordedRun(file, out);
    }

    /** Goes on with the run of a folder. */
    static RecordedRun resume(Path folder) throws IOException, RunFileException {
        return new RecordedRun(null, folder);
    }

    /** Runs to the end and gives what was heard. */
    static List<Event> runToEnd(RunFile file, Path out) throws IOException, RunFileException {
        try (RecordedRun run = start(file, out)) {
            assertThat(run.awaitEnd()).as("%s", run.last()).isEqualTo(ExitCode.DONE);
            return run.events();
        }
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().toList();
    }

    private void hear(Event event) {
        synchronized (events) {
            events.add(event);
        }
    }

    /** Everything so far, in order. */
    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    <E extends Event> List<E> events(Class<E> type) {
        return of(type, events());
    }

    static <E extends Event> List<E> of(Class<E> type, List<Event> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Event last() {
        return events().getLast();
    }

    RunProcess process() {
        return process;
    }

    RunFolder folder() {
        return process.folder();
    }

    ProcessHandle worker() {
        return worker;
    }

    /** Waits for an event; fails at once where the run ends without it. */
    void awaitEvent(Predicate<Event> wanted) {
        await().atMost(PATIENCE)
                .until(() -> events().stream().anyMatch(wanted) || process.ended().isDone());
        assertThat(events().stream().anyMatch(wanted)).as("the run ended with %s", last()).isTrue();
    }

    void awaitStep(int step) {
        awaitEvent(e -> e instanceof Event.Step s && s.step() >= step);
    }

    ExitCode awaitEnd() {
        await().atMost(PATIENCE).until(process.ended()::isDone);
        return process.ended().join();
    }

    @Override
    public void close() {
        process.close();
        process.ended().join();
    }
}
