package io.pocketllm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.LearningRateFinder;
import io.pocketllm.run.OwnPhones;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.Runs;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for a good step size before a run. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        description = {
            "Tries nine step sizes, a few steps each from the same start, and suggests one.",
            "Runs in this process, outside the simulated phone."
        })
final class TuneCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN.json", description = "A run file, or sample:ID.")
    private String run;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "Steps at each step size, 1 to 10000; ${DEFAULT-VALUE} where not said.")
    private int steps;

    @Mixin private ChangedKeys changes;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (steps < 1 || steps > 10_000) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("pocketllm: --steps " + steps + ": expected 1 to 10000");
            err.println("  20 is enough to tell a good step size from a bad one.");
            return ExitCode.BAD_INPUT.code();
        }
        OptionalInt child = VectorJvm.again(spec);
        if (child.isPresent()) {
            return child.getAsInt();
        }
        RunFile file = OwnPhones.found(Runs.open(run).with(changes.values()), Folders.ofUser());
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.printf("%-14s %-12s %s%n", "LEARNING RATE", "LOSS BEFORE", "AFTER " + steps);
            out.flush();
        }
        List<LearningRateFinder.Trial> trials =
                new ArrayList<>(
                        new LearningRateFinder(file, Folders.ofUser().cache(), steps)
                                .sweep(
                                        LearningRateFinder.around(
                                                file.spec().method().learningRate()),
                                        trial -> row(out, trial)));
        Optional<LearningRateFinder.Trial> best = LearningRateFinder.best(trials);
        if (!json) {
            out.println();
            out.print(GainPlot.of(trials));
        }
        if (json) {
            out.println(toJson(trials, best));
        } else if (best.isEmpty()) {
            out.println(
                    "No step size made the loss fall in "
                            + steps
                            + " steps; try --steps "
                            + 5 * steps
                            + " or more directions.");
        } else {
            double rate = best.get().learningRate();
            out.println("Suggested: --set method.learningRate=" + rate);
            boolean edge =
                    rate == trials.getFirst().learningRate()
                            || rate == trials.getLast().learningRate();
            if (edge) {
                out.println(
                        "It is the end of the range: tune again with --set method.learningRate="
                                + rate);
            }
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private void row(PrintWriter out, LearningRateFinder.Trial trial) {
        if (json) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%-14s %-12.4f %s%n",
                Double.toString(trial.learningRate()),
                trial.lossBefore(),
                Double.isFinite(trial.lossAfter())
                        ? String.format(Locale.ROOT, "%.4f", trial.lossAfter())
                        : "left the numbers");
        out.flush();
    }

    private String toJson(
            List<LearningRateFinder.Trial> trials, Optional<LearningRateFinder.Trial> best) {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("steps", steps);
        ArrayNode rows = root.putArray("trials");
        for (LearningRateFinder.Trial trial : trials) {
            ObjectNode row = rows.addObject();
            row.put("learningRate", trial.learningRate());
            row.put("lossBefore", trial.lossBefore());
            // JSON has no NaN.
            row.put("lossAfter", Double.isFinite(trial.lossAfter()) ? trial.lossAfter() : null);
        }
        root.put(
                "suggestedLearningRate",
                best.map(LearningRateFinder.Trial::learningRate).orElse(null));
        return root.toString();
    }
}
