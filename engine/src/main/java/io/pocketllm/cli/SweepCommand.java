package io.pocketllm.cli;

import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.Runs;
import io.pocketllm.run.sweep.Combination;
import io.pocketllm.run.sweep.Preflight;
import io.pocketllm.run.sweep.RunState;
import io.pocketllm.run.sweep.Shard;
import io.pocketllm.run.sweep.Sweep;
import io.pocketllm.run.sweep.SweepEnd;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.SweepFolder;
import io.pocketllm.run.sweep.SweepResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains every combination of a sweep file. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = {
            "Trains every combination of a sweep file, one after the other, and ranks them.",
            "Ctrl+C finishes the step, saves and ends; --resume goes on.",
            "Exit codes: 0 done, 1 a run failed, 2 bad input, 130 interrupted."
        })
final class SweepCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "SWEEP.json",
            description =
                    "A sweep file, or sample:sweep-head; with --resume the folder of a sweep.")
    private String sweep;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "A new or empty folder for the sweep.")
    private Path out;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Run every N-th combination, from the I-th on: one part for each of N computers.")
    private String shard;

    @Option(names = "--resume", description = "Go on with a sweep: run what is missing.")
    private boolean resume;

    @Option(names = "--steps", paramLabel = "N", description = "Optimiser steps of every run.")
    private Integer steps;

    @Option(
            names = "--run-anyway",
            description = "Run also what would take more memory than its phone has.")
    private boolean runAnyway;

    @Option(names = "--dry-run", description = "Only say what would be run; write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object instead of progress and tables.")
    private boolean json;

    @Override
    public Integer call() throws RunFileException, IOException {
        if (resume && (out != null || steps != null || dryRun)) {
            return refuse(
                    "--resume goes on with the sweep as it is",
                    "Leave out --out, --steps and --dry-run, or start a new sweep.");
        }
        if (steps != null && steps < 1) {
            return refuse("--steps " + steps + ": expected 1 or more", "For example: --steps 100");
        }
        Shard part = shard == null ? null : Shard.parse("--shard", shard);
        Runs runs = new Runs(Folders.ofUser());
        if (resume) {
            return run(Sweep.resume(path(), part, runAnyway, runs));
        }
        if (!sweep.startsWith("sample:")
                && Files.isRegularFile(path().resolve(SweepFolder.SWEEP_FILE))) {
            return refuse(sweep + " is the folder of a sweep", "Add --resume to go on with it.");
        }
        SweepFile file = SweepFile.open(sweep);
        file = steps == null ? file : file.withSteps(steps);
        part = part == null ? Shard.WHOLE : part;
        return dryRun ? list(file, part, runs) : run(Sweep.begin(file, out, part, runAnyway, runs));
    }

    private Path path() throws RunFileException {
        try {
            return Path.of(sweep);
        } catch (InvalidPathException e) {
            throw new RunFileException(sweep, "", "is no path", "Name a sweep.json file.");
        }
    }

    private int refuse(String problem, String hint) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("pocketllm: " + problem);
        err.println("  " + hint);
        err.flush();
        return ExitCode.BAD_INPUT.code();
    }

    private int list(SweepFile file, Shard part, Runs runs) throws RunFileException {
        List<Combination> mine = file.combinations().stream().filter(part::takes).toList();
        var tooLarge = Preflight.check(file, mine, runs);
        PrintWriter output = spec.commandLine().getOut();
        if (json) {
            output.println(SweepJson.plan(file, mine, tooLarge));
        } else {
            output.print(SweepText.plan(file, mine, tooLarge));
        }
        output.flush();
        return ExitCode.DONE.code();
    }

    private int run(Sweep work) throws RunFileException, IOException {
        PrintWriter output = spec.commandLine().getOut();
        AtomicBoolean interrupted = new AtomicBoolean();
        Interrupts.onInterrupt(
                () -> {
                    if (interrupted.getAndSet(true)) {
                        work.kill();
                    } else {
                        work.stop();
                    }
                });
        if (!json) {
            work.skipped().forEach((run, why) -> output.println(SweepText.skipped(run, why)));
            output.flush();
        }
        SweepEnd end =
                work.run(
                        json
                                ? new SilentSweep()
                                : new SweepProgress(output, TerminalProgress.isTerminal()));
        SweepResults results = SweepResults.read(work.folder());
        if (json) {
            output.println(SweepJson.results(work.folder(), end, results));
        } else {
            output.print(SweepText.results(results));
            output.println();
            output.print(SweepText.end(end, work, results));
        }
        output.flush();
        return switch (end) {
            case INTERRUPTED -> ExitCode.INTERRUPTED.code();
            case DONE, TIME_OVER ->
                    hasFailures(work, results)
                            ? ExitCode.INTERNAL_ERROR.code()
                            : ExitCode.DONE.code();
        };
    }

    private static boolean hasFailures(Sweep work, SweepResults results) {
        return results.runs().stream()
                .filter(run -> work.combinations().contains(run.combination()))
                .anyMatch(run -> run.state() == RunState.FAILED);
    }
}
