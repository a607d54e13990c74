package io.pocketllm.cli;

import io.pocketllm.phone.PhoneException;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFileException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
        name = "pocketllm",
        description = "Fine-tunes a language model with forward passes only, on a simulated phone.",
        mixinStandardHelpOptions = true,
        version = "PocketLLM Workbench 0.1.0",
        subcommands = {
            TrainCommand.class,
            ReplayCommand.class,
            PredictCommand.class,
            ExportCommand.class,
            TuneCommand.class,
            SweepCommand.class,
            PlanCommand.class,
            ModelsCommand.class,
            DevicesCommand.class,
            PhonesCommand.class,
            BenchCommand.class,
            WorkerCommand.class
        })
public final class PocketLlm implements Runnable {

    @Spec private CommandSpec spec;

    private PocketLlm() {}

    /** The command line over the process's own streams. */
    public static CommandLine commandLine() {
        return commandLine(Main.standardOutput(), Main.standardError());
    }

    /**
     * The command line over given streams; tests read them.
     *
     * @param out results
     * @param err messages
     */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new PocketLlm());
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler(PocketLlm::explain);
        line.setParameterExceptionHandler(PocketLlm::explainUsage);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
    }

    private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (e instanceof RunFileException bad) {
            err.println("pocketllm: " + bad.getMessage());
            err.println("  " + bad.hint());
            err.flush();
            return ExitCode.BAD_INPUT.code();
        }
        if (e instanceof PhoneException phone) {
            err.println("pocketllm: " + phone.getMessage());
            err.println("  " + phone.hint());
            err.flush();
            return ExitCode.PHONE_ERROR.code();
        }
        if (e instanceof java.io.IOException) {
            err.println("pocketllm: a file cannot be read or written: " + e.getMessage());
            err.println("  Check the path, the permissions and the disk's free space.");
            err.flush();
            return ExitCode.INTERNAL_ERROR.code();
        }
        err.println("pocketllm: a fault of the program: " + e);
        e.printStackTrace(err);
        err.flush();
        return ExitCode.INTERNAL_ERROR.code();
    }

    private static int explainUsage(CommandLine.ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("pocketllm: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("  See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.BAD_INPUT.code();
    }
}
