package io.pocketllm.app;

import io.pocketllm.app.launch.SystemProperties;
import io.pocketllm.app.launch.TerminalRunner;
import io.pocketllm.app.launch.WorkbenchCommand;
import io.pocketllm.cli.PocketLlm;
import io.pocketllm.cli.TerminalProgress;
import io.pocketllm.cli.TerminalRun;
import io.pocketllm.run.Folders;
import io.pocketllm.run.Runs;
import picocli.CommandLine;

/**
 * The program: the engine's command line and the window.
 *
 * <p>No {@code Application} of JavaFX: on the class path Java refuses a main class that is one.
 */
public final class Main {

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        Folders folders = Folders.ofUser();
        SystemProperties.set(folders);
        Runs runs = new Runs(folders);
        System.exit(commandLine(runs, inTerminal(runs)).execute(args));
    }

    private static TerminalRunner inTerminal(Runs runs) {
        return (file, out) -> {
            TerminalRun run =
                    new TerminalRun(runs, new TerminalProgress(out, TerminalProgress.isTerminal()));
            TerminalRun.Result result = run.run(file, null);
            return new TerminalRunner.Result(result.code(), result.folder());
        };
    }

    /** The engine's commands and {@code workbench}. */
    static CommandLine commandLine(Runs runs, TerminalRunner terminal) {
        CommandLine line = PocketLlm.commandLine();
        line.addSubcommand(new WorkbenchCommand(runs, terminal));
        // What was set before does not reach a command added later; setting it again does.
        line.setOut(line.getOut());
        line.setErr(line.getErr());
        line.setExecutionExceptionHandler(line.getExecutionExceptionHandler());
        line.setParameterExceptionHandler(line.getParameterExceptionHandler());
        return line;
    }
}
