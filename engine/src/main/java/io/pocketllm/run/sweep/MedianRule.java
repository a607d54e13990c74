package io.pocketllm.run.sweep;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;

/**
 * The median stopping rule (Golovin et al., Google Vizier, KDD 2017): a run is stopped at a step
 * where its best held-out loss so far is higher than the median, over the finished runs, of their
 * mean held-out loss up to that step. Losses before the first step do not count: they are the same
 * for all.
 *
 * @param fromStep the first step at which a run may be stopped
 * @param minRuns finished runs there must be to compare with
 */
public record MedianRule(int fromStep, int minRuns) {

    /**
     * The median that a run is worse than; empty where it may go on.
     *
     * @param losses the run's own, step to held-out loss, nats
     * @param finished the same of the finished runs
     */
    public OptionalDouble worseThan(
            NavigableMap<Integer, Double> losses,
            Collection<? extends NavigableMap<Integer, Double>> finished) {
        if (losses.isEmpty() || losses.lastKey() < fromStep) {
            return OptionalDouble.empty();
        }
        int step = losses.lastKey();
        double best = losses.values().stream().mapToDouble(x -> x).min().orElseThrow();
        double[] means =
                finished.stream()
                        .map(curve -> curve.headMap(step, true))
                        .filter(curve -> !curve.isEmpty())
                        .mapToDouble(MedianRule::mean)
                        .toArray();
        if (means.length < minRuns) {
            return OptionalDouble.empty();
        }
        double median = median(means);
        // A loss that is no number is worse than any.
        return best <= median ? OptionalDouble.empty() : OptionalDouble.of(median);
    }

    private static double mean(Map<Integer, Double> curve) {
        return curve.values().stream().mapToDouble(x -> x).average().orElseThrow();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
