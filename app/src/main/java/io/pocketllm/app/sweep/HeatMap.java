package io.pocketllm.app.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.pocketllm.run.MeanAndDeviation;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.RunState;
import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.SweepResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The goal over the values of two keys; runs that differ in other keys are averaged.
 *
 * @param rows values of the first key
 * @param columns values of the second key; one that is empty where there is none
 * @param cells rows of columns
 */
record HeatMap(List<String> rows, List<String> columns, List<List<Cell>> cells) {

    /**
     * One pair of values.
     *
     * @param text the goal's mean and deviation; "–" where no run has finished
     * @param goodness 0 for the worst cell to 1 for the best; NaN where no run has finished
     * @param runs how many finished runs it is the mean of
     */
    record Cell(String text, double goodness, int runs) {}

    /**
     * Sorts the finished runs into cells.
     *
     * @param columnKey empty for one column
     */
    static HeatMap of(SweepResults results, String rowKey, String columnKey) {
        List<JsonNode> rows = values(results, rowKey);
        List<JsonNode> columns = values(results, columnKey);
        List<List<List<RunResult>>> runs = new ArrayList<>();
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        for (JsonNode row : rows) {
            List<List<RunResult>> line = new ArrayList<>();
            for (JsonNode column : columns) {
                List<RunResult> here =
                        results.runs().stream()
                                .filter(run -> run.state() == RunState.FINISHED)
                                .filter(run -> at(run, rowKey).equals(row))
                                .filter(run -> at(run, columnKey).equals(column))
                                .toList();
                line.add(here);
                if (!here.isEmpty()) {
                    range.accept(goal(results.goal(), here).mean());
                }
            }
            runs.add(line);
        }
        List<List<Cell>> cells =
                runs.stream()
                        .map(
                                line ->
                                        line.stream()
                                                .map(r -> cell(results.goal(), r, range))
                                                .toList())
                        .toList();
        return new HeatMap(words(rows), words(columns), cells);
    }

    private static Cell cell(Goal goal, List<RunResult> runs, DoubleSummaryStatistics range) {
        if (runs.isEmpty()) {
            return new Cell("–", Double.NaN, 0);
        }
        MeanAndDeviation figure = goal(goal, runs);
        double span = range.getMax() - range.getMin();
        double high = span > 0 ? (figure.mean() - range.getMin()) / span : 1;
        return switch (goal) {
            case ACCURACY -> new Cell(SweepRow.accuracy(figure), high, runs.size());
            case LOSS -> new Cell(SweepRow.loss(figure), span > 0 ? 1 - high : 1, runs.size());
        };
    }

    private static MeanAndDeviation goal(Goal goal, List<RunResult> runs) {
        return MeanAndDeviation.of(
                runs.stream()
                        .mapToDouble(
                                switch (goal) {
                                    case ACCURACY -> RunResult::accuracy;
                                    case LOSS -> RunResult::loss;
                                })
                        .toArray());
    }

    /** In the order of the numbers, or of the sweep where they are none. */
    static List<JsonNode> values(SweepResults results, String key) {
        List<JsonNode> values =
                results.runs().stream()
                        .sorted(Comparator.comparingInt(run -> run.combination().number()))
                        .map(run -> at(run, key))
                        .distinct()
                        .toList();
        return values.stream().allMatch(JsonNode::isNumber)
                ? values.stream().sorted(Comparator.comparingDouble(JsonNode::doubleValue)).toList()
                : values;
    }

    static JsonNode at(RunResult run, String key) {
        JsonNode value = run.combination().settings().get(key);
        return value == null ? NullNode.instance : value;
    }

    private static List<String> words(List<JsonNode> values) {
        return values.stream().map(SettingText::of).toList();
    }
}
