package io.pocketllm.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.phone.Recalibration;
import io.pocketllm.phone.RunComparison;
import io.pocketllm.phone.RunMeasurements;
import io.pocketllm.phone.SettingDifference;
import io.pocketllm.phone.StepRatio;

/** A phone beside its simulation as JSON; what is not known is left out. */
final class ComparisonJson {

    private static final JsonMapper JSON = new JsonMapper();

    private ComparisonJson() {}

    /**
     * @param saved what was kept as a person's own phone; null for nothing
     */
    static String of(RunComparison comparison, Recalibration saved) {
        StepRatio steps = comparison.steps();
        ObjectNode root = JSON.createObjectNode();
        root.put("steps", steps.steps());
        number(root, "ratio", steps.ratio());
        number(root, "uncertainty", steps.uncertainty());
        root.put("beforeThrottling", comparison.beforeThrottling());
        side(root.putObject("real"), comparison.real(), steps.realMillis(), steps.realDeviation());
        side(
                root.putObject("simulated"),
                comparison.simulated(),
                steps.simulatedMillis(),
                steps.simulatedDeviation());
        root.put("profile", comparison.profile().id());
        root.put("stepTimeFactor", comparison.profile().stepTimeFactor());
        if (comparison.doubt().isEmpty()) {
            root.put("recalibratedStepTimeFactor", comparison.factor());
        } else {
            root.put("doubt", comparison.doubt());
        }
        if (saved != null) {
            root.put("savedAs", saved.profile().id());
        }
        ArrayNode warnings = root.putArray("warnings");
        comparison.warnings().forEach(warnings::add);
        ArrayNode differences = root.putArray("differences");
        for (SettingDifference each : comparison.differences()) {
            differences
                    .addObject()
                    .put("key", each.key())
                    .put("real", each.real())
                    .put("simulated", each.simulated());
        }
        return root.toPrettyString();
    }

    private static void side(
            ObjectNode node, RunMeasurements run, double millis, double deviation) {
        number(node, "medianStepMillis", millis);
        number(node, "deviationMillis", deviation);
        if (run.peakRssBytes() > 0) {
            node.put("peakRssBytes", run.peakRssBytes());
        }
        if (run.startCelsius() != null) {
            node.put("startCelsius", run.startCelsius());
            node.put("hottestCelsius", run.hottestCelsius());
        }
        if (run.temperatureOf() != null) {
            node.put("temperatureOf", run.temperatureOf());
        }
        if (run.isThrottlingTold()) {
            node.put("throttledAtStep", run.throttledAtStep());
        }
    }

    private static void number(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        }
    }
}
