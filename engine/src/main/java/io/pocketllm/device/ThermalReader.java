package io.pocketllm.device;

import io.pocketllm.device.DeviceProfile.Thermal;
import io.pocketllm.device.DeviceProfile.ThrottleStep;
import java.util.ArrayList;
import java.util.List;

/** Reads the thermal part of a profile, and refuses steps that would flap or go the wrong way. */
final class ThermalReader {

    private static final int MOST_STEPS = 8;

    private ThermalReader() {}

    static Thermal read(SourcedObject node) throws DeviceProfileException {
        Thermal thermal =
                new Thermal(
                        node.decimal(DecimalLimits.CONDUCTANCE),
                        node.decimal(DecimalLimits.HEAT_CAPACITY),
                        node.decimal(DecimalLimits.SKIN_LIMIT),
                        steps(node));
        node.refuseUnknownKeys();
        return thermal;
    }

    private static List<ThrottleStep> steps(SourcedObject node) throws DeviceProfileException {
        List<ThrottleStep> steps = new ArrayList<>();
        for (SourcedObject entry : node.objects("throttleSteps", MOST_STEPS)) {
            ThrottleStep step =
                    new ThrottleStep(
                            entry.plainDecimal(DecimalLimits.HOT),
                            entry.plainDecimal(DecimalLimits.COOL),
                            entry.plainDecimal(DecimalLimits.CLOCK_FRACTION));
            entry.refuseUnknownKeys();
            if (step.coolCelsius() >= step.hotCelsius()) {
                throw entry.refuse(
                        "coolCelsius",
                        "is " + step.coolCelsius(),
                        "Allowed: less than hotCelsius, which is %s, or the clock would flap."
                                .formatted(step.hotCelsius()));
            }
            ThrottleStep before = steps.isEmpty() ? null : steps.getLast();
            if (before != null
                    && (step.hotCelsius() <= before.hotCelsius()
                            || step.coolCelsius() <= before.coolCelsius()
                            || step.clockFraction() >= before.clockFraction())) {
                throw entry.refuse(
                        "",
                        "is no step further than the one before it",
                        "Put the coolest step first: hotCelsius and coolCelsius go up, clockFraction"
                                + " goes down.");
            }
            steps.add(step);
        }
        return steps;
    }
}
