package io.pocketllm.run.sweep;

import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Starts the runs of a sweep; its loop depends on this and not on processes. */
interface Starter {

    /** A new run in a folder that is not there yet. */
    RunProcess start(RunFile file, Path out, Consumer<Event> listener)
            throws RunFileException, IOException;

    /** A run that goes on from its trajectory. */
    RunProcess resume(Path folder, Consumer<Event> listener) throws RunFileException, IOException;

    /** Runs in workers. */
    static Starter of(Runs runs) {
        return new Starter() {
            @Override
            public RunProcess start(RunFile file, Path out, Consumer<Event> listener)
                    throws RunFileException, IOException {
                return runs.startIn(file, out, listener);
            }

            @Override
            public RunProcess resume(Path folder, Consumer<Event> listener)
                    throws RunFileException, IOException {
                return runs.resume(folder, listener);
            }
        };
    }
}
