package io.pocketllm.run.sweep;

import io.pocketllm.plan.DeviceFit.Verdict;
import io.pocketllm.plan.RunPlan;
import io.pocketllm.run.PlannedRun;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.Runs;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be known before the first run: that models, data and devices are there, and which runs
 * would be ended by their phone. Runs that differ in nothing that matters here are looked at once.
 */
public final class Preflight {

    /** Neither what a run names nor what it holds depends on these. */
    private static final Set<String> IRRELEVANT =
            Set.of(
                    "name",
                    "seed",
                    "method.learningRate",
                    "method.perturbationScale",
                    "method.weightDecay",
                    "training.steps",
                    "training.evaluateEvery",
                    "training.schedule");

    private Preflight() {}

    /**
     * Looks at combinations.
     *
     * @return those that are too large for their phone, in order
     * @throws RunFileException naming the first combination whose model, data or device is not
     *     there or cannot be used
     */
    public static Map<Combination, TooLarge> check(
            SweepFile file, List<Combination> combinations, Runs runs) throws RunFileException {
        Map<Map<String, String>, Optional<TooLarge>> known = new HashMap<>();
        Map<Combination, TooLarge> found = new LinkedHashMap<>();
        for (Combination combination : combinations) {
            RunFile run = file.runFile(combination);
            Map<String, String> relevant = new HashMap<>(run.values());
            relevant.keySet().removeAll(IRRELEVANT);
            Optional<TooLarge> verdict = known.get(relevant);
            if (verdict == null) {
                runs.preview(run);
                verdict = verdict(run, runs);
                known.put(relevant, verdict);
            }
            verdict.ifPresent(tooLarge -> found.put(combination, tooLarge));
        }
        return Collections.unmodifiableMap(found);
    }

    private static Optional<TooLarge> verdict(RunFile run, Runs runs) throws RunFileException {
        long planned = RunPlan.of(PlannedRun.request(run, runs.folders().cache())).totalBytes();
        long budget = PlannedRun.budgetBytes(run, PlannedRun.device(run));
        return budget > 0 && Verdict.of(planned, budget) == Verdict.KILLED
                ? Optional.of(new TooLarge(planned, budget, run.spec().device().profile()))
                : Optional.empty();
    }
}
