package io.pocketllm.cli;

import io.pocketllm.phone.SimulatedTwin;
import io.pocketllm.run.Folders;
import io.pocketllm.run.OwnPhones;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.Runs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a phone's run once more on the simulated phone. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a run of a real phone once more here, on the simulated phone: the same run file with",
            "the profile that was read from the phone when the run began, or your own of that phone.",
            "\"phones compare\" holds the two against each other."
        })
final class PhonesSimulateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "REAL_RUN_DIR",
            description = "The folder of a run that \"phones run\" started.")
    private Path real;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Fewer steps than the phone takes; a hundred tell its speed.")
    private String steps;

    @Option(names = "--out", paramLabel = "DIR", description = "A new or empty folder for the run.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        PrintWriter output = spec.commandLine().getOut();
        Folders folders = Folders.ofUser();
        RunFile file = SimulatedTwin.of(real, OwnPhones.of(folders));
        TerminalRun.Result result =
                new TerminalRun(
                                new Runs(folders),
                                new TerminalProgress(output, TerminalProgress.isTerminal()))
                        .run(steps == null ? file : file.with("training.steps", steps), out);
        output.println("Run folder: " + result.folder().path());
        output.println(
                "Compare:    pocketllm phones compare " + real + " " + result.folder().path());
        output.flush();
        return result.code().code();
    }
}
