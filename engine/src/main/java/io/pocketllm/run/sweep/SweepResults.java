package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.run.RunGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sweep has found so far, the best first.
 *
 * @param goal what that is best at
 * @param runs every combination: finished runs by the goal, then those stopped early, then the
 *     others in the sweep's order
 * @param groups runs that differ in their seed alone taken together, by the mean of the goal; empty
 *     where no seeds are swept
 */
public record SweepResults(
        Goal goal, List<RunResult> runs, List<RunGroup<Map<String, JsonNode>, RunResult>> groups) {

    /** Reads the run folders of a sweep. */
    public static SweepResults read(SweepFolder folder) throws IOException {
        List<RunResult> runs = new ArrayList<>();
        for (Combination combination : folder.file().combinations()) {
            runs.add(RunResult.of(folder, combination));
        }
        return of(folder.file().spec().goal(), runs);
    }

    static SweepResults of(Goal goal, List<RunResult> runs) {
        List<RunResult> sorted = new ArrayList<>(runs);
        sorted.sort(
                Comparator.comparingInt(SweepResults::rank)
                        .thenComparingDouble(
                                run ->
                                        rank(run) > 1
                                                ? 0
                                                : goal.badness(run.loss(), run.accuracy())));
        return new SweepResults(goal, List.copyOf(sorted), groups(goal, runs));
    }

    /** The best of the finished runs. */
    public Optional<RunResult> best() {
        return runs.stream().filter(run -> run.state() == RunState.FINISHED).findFirst();
    }

    private static int rank(RunResult run) {
        return switch (run.state()) {
            case FINISHED -> 0;
            case STOPPED_EARLY -> 1;
            case WAITING, SKIPPED, INTERRUPTED, FAILED, DIVERGED, KILLED -> 2;
        };
    }

    private static List<RunGroup<Map<String, JsonNode>, RunResult>> groups(
            Goal goal, List<RunResult> runs) {
        if (runs.stream().noneMatch(r -> r.combination().varied().containsKey(Parameter.SEED))) {
            return List.of();
        }
        return RunGroup.of(runs, SweepResults::butSeed, run -> run.state() == RunState.FINISHED)
                .stream()
                .sorted(
                        Comparator.comparingDouble(
                                group ->
                                        goal.badness(
                                                group.over(RunResult::loss).mean(),
                                                group.over(RunResult::accuracy).mean())))
                .toList();
    }

    private static Map<String, JsonNode> butSeed(RunResult run) {
        Map<String, JsonNode> settings = new LinkedHashMap<>(run.combination().varied());
        settings.remove(Parameter.SEED);
        return settings;
    }
}
