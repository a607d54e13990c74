package io.pocketllm.app.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.run.sweep.Combination;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.RunState;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.TypedValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results of a sweep, typed run by run. */
final class FoundRuns {

    private final List<String> keys;
    private final List<RunResult> runs = new ArrayList<>();

    FoundRuns(String... keys) {
        this.keys = List.of(keys);
    }

    /**
     * @param accuracy 0 to 1; the loss is what is missing to 1
     * @param values of the keys, with commas between
     */
    FoundRuns run(RunState state, double accuracy, String values) {
        String[] each = values.split(", ");
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        for (int i = 0; i < each.length; i++) {
            settings.put(keys.get(i), TypedValue.of(each[i]));
        }
        runs.add(
                new RunResult(
                        new Combination(runs.size() + 1, settings, settings),
                        state,
                        40,
                        1 - accuracy,
                        accuracy,
                        Double.NaN,
                        1,
                        1,
                        ""));
        return this;
    }

    SweepResults by(Goal goal) {
        List<RunResult> sorted = new ArrayList<>(runs);
        sorted.sort(
                Comparator.comparing((RunResult run) -> run.state() != RunState.FINISHED)
                        .thenComparing(run -> -run.accuracy()));
        return new SweepResults(goal, sorted, List.of());
    }
}
