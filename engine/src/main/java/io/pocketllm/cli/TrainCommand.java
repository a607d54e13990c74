package io.pocketllm.cli;

import io.pocketllm.run.EventJson;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.Runs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains what a run file says, on its simulated phone. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains what a run file says, on its simulated phone.",
            "Ctrl+C finishes the step, saves and ends with exit code 130.",
            "Exit codes: 0 done, 2 bad input or expected to be killed, 3 killed by the simulated phone, 4 diverged, 130 interrupted."
        })
final class TrainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN.json",
            description =
                    "A run file, or sample:inbox-nurse, sample:inbox-mechanic; with --resume the folder of a run.")
    private String run;

    @Option(
            names = "--events",
            description = "Print every event as a line of JSON instead of progress.")
    private boolean events;

    @Option(names = "--steps", paramLabel = "N", description = "Same as --set training.steps=N.")
    private String steps;

    @Option(
            names = "--device",
            paramLabel = "ID",
            description = "Same as --set device.profile=ID; \"none\" for no limits.")
    private String device;

    @Option(names = "--out", paramLabel = "DIR", description = "A new or empty folder for the run.")
    private Path out;

    @Option(
            names = "--resume",
            description =
                    "Go on with a run whose worker ended, to the same bits as an undisturbed run.")
    private boolean resume;

    @Option(
            names = "--run-anyway",
            description = "Start it also where the phone would probably kill it.")
    private boolean anyway;

    @Mixin private ChangedKeys sets;

    @Override
    public Integer call() throws Exception {
        if (resume && (device != null || steps != null || out != null || !sets.isEmpty())) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("pocketllm: --resume goes on with the run as it is");
            err.println("  Leave out --device, --steps, --out and --set, or start a new run.");
            return ExitCode.BAD_INPUT.code();
        }
        Map<String, String> changes = new LinkedHashMap<>();
        if (device != null) {
            // A device named on the command line brings its own budget and threads.
            changes.put("device.profile", device);
            changes.put("device.budgetBytes", "null");
            changes.put("device.threads", "null");
        }
        if (steps != null) {
            changes.put("training.steps", steps);
        }
        changes.putAll(sets.values());
        Runs runs = new Runs(Folders.ofUser());
        RunFile file = resume ? null : Runs.open(run).with(changes);
        if (file != null && !anyway && isRefused(file, runs)) {
            return ExitCode.BAD_INPUT.code();
        }
        PrintWriter output = spec.commandLine().getOut();
        TerminalRun terminal =
                events
                        ? new TerminalRun(
                                runs,
                                event -> {
                                    output.println(EventJson.line(event));
                                    output.flush();
                                })
                        : new TerminalRun(
                                runs, new TerminalProgress(output, TerminalProgress.isTerminal()));
        TerminalRun.Result result =
                resume ? terminal.resume(Path.of(run)) : terminal.run(file, out);
        if (!events) {
            output.println("Run folder: " + result.folder().path());
            output.flush();
        }
        return result.code().code();
    }

    private boolean isRefused(RunFile file, Runs runs) {
        List<String> warning = KillWarning.of(file, runs.folders());
        PrintWriter err = spec.commandLine().getErr();
        warning.forEach(err::println);
        err.flush();
        return !warning.isEmpty();
    }
}
