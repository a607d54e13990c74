package io.pocketllm.app.sweep;

import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.Parameter;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.RunState;
import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The runs of a sweep as lines over parallel axes: one for each key that varies, the goal last.
 * Nothing here is measured in points of the screen.
 *
 * @param axes from left to right
 * @param lines one a run that has begun, in the sweep's order
 */
record ParallelCoordinates(List<Axis> axes, List<Line> lines) {

    /** Before a sweep. */
    static final ParallelCoordinates NONE = new ParallelCoordinates(List.of(), List.of());

    /**
     * A run.
     *
     * @param run its number in the sweep
     * @param at where it meets each axis, 0 to 1; one place fewer than axes where it has not
     *     finished
     * @param goodness 0 for the worst to 1 for the best; NaN where it has not finished
     * @param best whether it is the best one
     * @param words its settings, figures and state
     */
    record Line(int run, List<Double> at, double goodness, boolean best, String words) {

        /** Whether it gets as far as the goal. */
        boolean finished() {
            return !Double.isNaN(goodness);
        }
    }

    /**
     * @param ranges of keys whose values are drawn from one
     * @param seeds whether the seed has an axis
     * @param live number of the run that goes on; 0 for none
     */
    static ParallelCoordinates of(
            SweepResults results, Map<String, Values.Range> ranges, boolean seeds, int live) {
        List<String> keys =
                SweepRow.keys(results, false).stream()
                        .filter(key -> seeds || !key.equals(Parameter.SEED))
                        .toList();
        List<Axis> axes = new ArrayList<>();
        for (String key : keys) {
            String name = SettingText.shortKey(key, keys);
            axes.add(
                    ranges.containsKey(key)
                            ? Axis.of(key, name, ranges.get(key))
                            : Axis.of(key, name, HeatMap.values(results, key)));
        }
        double[] measured =
                results.runs().stream()
                        .filter(run -> isFinished(run, results.goal()))
                        .mapToDouble(run -> goal(run, results.goal()))
                        .toArray();
        Axis goal = Axis.ofGoal(results.goal(), measured);
        int best = results.best().map(run -> run.combination().number()).orElse(0);
        List<Line> lines =
                results.runs().stream()
                        .filter(run -> hasBegun(run, live))
                        .map(run -> line(run, keys, axes, goal, results.goal(), best))
                        .sorted(Comparator.comparingInt(Line::run))
                        .toList();
        axes.add(goal);
        return new ParallelCoordinates(List.copyOf(axes), lines);
    }

    private static boolean hasBegun(RunResult run, int live) {
        return switch (run.state()) {
            case WAITING, SKIPPED -> run.combination().number() == live;
            case INTERRUPTED, FAILED, FINISHED, STOPPED_EARLY, DIVERGED, KILLED -> true;
        };
    }

    private static boolean isFinished(RunResult run, Goal goal) {
        return run.state() == RunState.FINISHED && Double.isFinite(goal(run, goal));
    }

    private static double goal(RunResult run, Goal goal) {
        return switch (goal) {
            case ACCURACY -> run.accuracy();
            case LOSS -> run.loss();
        };
    }

    private static Line line(
            RunResult run, List<String> keys, List<Axis> axes, Axis goalAxis, Goal goal, int best) {
        List<Double> at = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            at.add(axes.get(i).position(HeatMap.at(run, keys.get(i))));
        }
        double goodness = Double.NaN;
        if (isFinished(run, goal)) {
            double place = goalAxis.position(goal(run, goal));
            at.add(place);
            goodness = goal == Goal.LOSS ? 1 - place : place;
        }
        SweepRow row = SweepRow.of(run, List.of(), 0, SweepProgress.NONE);
        String figures =
                Double.isNaN(run.loss())
                        ? ""
                        : " · accuracy " + row.accuracy() + ", loss " + row.loss();
        int number = run.combination().number();
        return new Line(
                number,
                List.copyOf(at),
                goodness,
                number == best,
                run.combination().folderName()
                        + " · "
                        + run.combination().describe()
                        + figures
                        + " · "
                        + row.state());
    }
}
