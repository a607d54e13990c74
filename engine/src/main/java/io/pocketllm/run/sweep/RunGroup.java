package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Runs that differ in nothing but their seed.
 *
 * @param settings what tells the group from others
 * @param runs how many there are
 * @param finished how many took all their steps: the figures are theirs
 * @param loss held-out loss, nats
 * @param accuracy held-out accuracy, 0 to 1
 */
public record RunGroup(
        Map<String, JsonNode> settings,
        int runs,
        int finished,
        MeanAndDeviation loss,
        MeanAndDeviation accuracy) {

    /**
     * @param mean NaN where there is no value
     * @param deviation sample standard deviation (divided by n − 1); NaN below two values
     */
    public record MeanAndDeviation(double mean, double deviation) {

        static MeanAndDeviation of(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            double mean = sum / values.length;
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            return new MeanAndDeviation(
                    values.length == 0 ? Double.NaN : mean,
                    values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1)));
        }
    }

    static RunGroup of(Map<String, JsonNode> settings, List<RunResult> runs) {
        List<RunResult> finished =
                runs.stream().filter(run -> run.state() == RunState.FINISHED).toList();
        return new RunGroup(
                settings,
                runs.size(),
                finished.size(),
                over(finished, RunResult::loss),
                over(finished, RunResult::accuracy));
    }

    private static MeanAndDeviation over(List<RunResult> runs, ToDoubleFunction<RunResult> figure) {
        return MeanAndDeviation.of(runs.stream().mapToDouble(figure).toArray());
    }
}
