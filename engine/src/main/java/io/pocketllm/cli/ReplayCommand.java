package io.pocketllm.cli;

import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.Replay;
import io.pocketllm.run.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rebuilds a run's trained parameters from its trajectory. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds a run's trained parameters from its trajectory, without data and forward passes.",
            "Exit codes: 0 done, 1 the checkpoint differs, 2 bad input."
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN_DIR", description = "Folder of a run.")
    private Path folder;

    @Option(
            names = "--verify",
            description = "Compare with the run's checkpoint bit by bit; write nothing.")
    private boolean verify;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write; RUN_DIR/replay/model.safetensors where not said.")
    private Path out;

    @Override
    public Integer call() throws Exception {
        RunFolder run = RunFolder.existing(folder);
        PrintWriter output = spec.commandLine().getOut();
        int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        try (Replay replay = Replay.of(run, Folders.ofUser().cache(), threads, step -> {})) {
            String what =
                    String.format(
                            Locale.ROOT,
                            "%,d numbers, %,d steps",
                            replay.numbers(),
                            replay.steps());
            if (!verify) {
                Path file =
                        out == null
                                ? run.path().resolve("replay").resolve("model.safetensors")
                                : out;
                replay.write(file);
                output.println("Replayed " + what + ": " + file);
                output.flush();
                return ExitCode.DONE.code();
            }
            List<Replay.Difference> differences = replay.differences();
            for (Replay.Difference d : differences) {
                output.println(
                        d.index() < 0
                                ? d.tensor() + ": not in the checkpoint in this size"
                                : String.format(
                                        Locale.ROOT,
                                        "%s[%d]: replayed %s, checkpoint %s",
                                        d.tensor(),
                                        d.index(),
                                        Float.toString(d.replayed()),
                                        Float.toString(d.saved())));
            }
            output.println(
                    differences.isEmpty()
                            ? "Same bits as the checkpoint: " + what + "."
                            : "The checkpoint differs in "
                                    + differences.size()
                                    + " tensors; each line is the first number of one that does.");
            output.flush();
            return differences.isEmpty() ? ExitCode.DONE.code() : ExitCode.INTERNAL_ERROR.code();
        }
    }
}
