package io.pocketllm.phone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * How many times longer steps took on a phone than on its simulation, step by step: both took the
 * same examples at the same step, so that texts of different lengths do not matter. A median, which
 * a few disturbed steps do not move.
 *
 * @param steps steps that were compared
 * @param realMillis median of those steps on the phone
 * @param realDeviation median absolute deviation from it, milliseconds
 * @param simulatedMillis median of the same steps on the simulated phone
 * @param simulatedDeviation median absolute deviation from it, milliseconds
 * @param ratio median of the steps' ratios; NaN where there is no step
 * @param uncertainty two standard errors of that median, as a share of it; NaN below two steps
 */
public record StepRatio(
        int steps,
        double realMillis,
        double realDeviation,
        double simulatedMillis,
        double simulatedDeviation,
        double ratio,
        double uncertainty) {

    /** The first steps find cold caches and code that is not compiled yet. */
    static final int WARM_UP_STEPS = 5;

    /** Of a normal distribution: standard deviations in a median absolute deviation. */
    private static final double DEVIATIONS = 1.4826;

    /** Of a normal distribution: standard error of a median over that of a mean, √(π/2). */
    private static final double MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

    /**
     * Compares the steps that both have.
     *
     * @param real milliseconds by step
     * @param simulated the same on the simulated phone; what is not above 0 is left out
     * @param lastStep steps after it are left out
     */
    static StepRatio of(
            SortedMap<Integer, Double> real, SortedMap<Integer, Double> simulated, int lastStep) {
        List<Integer> common = new ArrayList<>();
        for (int step : real.keySet()) {
            Double there = simulated.get(step);
            if (step <= lastStep && there != null && there > 0) {
                common.add(step);
            }
        }
        // Of a short run a third at most, so that something is left to be seen.
        int skipped = Math.min(WARM_UP_STEPS, common.size() / 3);
        List<Integer> steps = common.subList(skipped, common.size());
        double[] reals = steps.stream().mapToDouble(real::get).toArray();
        double[] simulateds = steps.stream().mapToDouble(simulated::get).toArray();
        double[] ratios = new double[reals.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = reals[i] / simulateds[i];
        }
        double ratio = median(ratios);
        return new StepRatio(
                ratios.length,
                median(reals),
                deviation(reals),
                median(simulateds),
                deviation(simulateds),
                ratio,
                ratios.length < 2
                        ? Double.NaN
                        : 2
                                * MEDIAN_ERROR
                                * DEVIATIONS
                                * deviation(ratios)
                                / Math.sqrt(ratios.length)
                                / ratio);
    }

    /** NaN of none. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double deviation(double[] values) {
        double median = median(values);
        return median(Arrays.stream(values).map(value -> Math.abs(value - median)).toArray());
    }
}
