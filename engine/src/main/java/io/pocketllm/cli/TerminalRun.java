package io.pocketllm.cli;

import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A run watched from a terminal: waits for its end; Ctrl+C or SIGTERM stops it in good order, a
 * second one at once.
 */
public final class TerminalRun {

    private final Runs runs;
    private final Consumer<Event> listener;

    /**
     * How the run ended.
     *
     * @param code what the process exits with
     * @param folder what it left behind
     */
    public record Result(ExitCode code, RunFolder folder) {}

    /**
     * @param listener receives every event, such as a {@link TerminalProgress}
     */
    public TerminalRun(Runs runs, Consumer<Event> listener) {
        this.runs = runs;
        this.listener = listener;
    }

    /**
     * Runs to the end.
     *
     * @param out a new or empty folder, or null for one under the user's runs
     */
    public Result run(RunFile file, Path out) throws RunFileException, IOException {
        return watch(out == null ? runs.start(file, listener) : runs.startIn(file, out, listener));
    }

    /**
     * Goes on with a run and runs to the end.
     *
     * @param folder folder of a run whose worker ended
     */
    public Result resume(Path folder) throws RunFileException, IOException {
        return watch(runs.resume(folder, listener));
    }

    private static Result watch(RunProcess started) {
        try (RunProcess process = started) {
            AtomicBoolean interrupted = new AtomicBoolean();
            Interrupts.onInterrupt(
                    () -> {
                        if (interrupted.getAndSet(true)) {
                            process.kill();
                        } else {
                            process.stop();
                        }
                    });
            ExitCode code = process.ended().join();
            return new Result(
                    interrupted.get() && code == ExitCode.DONE ? ExitCode.INTERRUPTED : code,
                    process.folder());
        }
    }
}
