package io.pocketllm.app.launch;

import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;

/** Runs a run in the terminal, where there is no window to do it in. */
@FunctionalInterface
public interface TerminalRunner {

    /**
     * How it ended.
     *
     * @param exitCode what the process should exit with
     * @param folder where the run wrote to
     */
    record Result(ExitCode exitCode, RunFolder folder) {}

    /** Runs to the end and prints how it goes. */
    Result run(RunFile file, PrintWriter out) throws RunFileException, IOException;
}
