package io.pocketllm.plan;

import io.pocketllm.device.PhoneSimulation;
import io.pocketllm.device.RateFactors;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.device.StepWork;
import io.pocketllm.device.ThermalSettings;
import java.time.Duration;

/**
 * How long steps take on a phone, and what they cost there, by its clock, heat and battery. Only
 * steps: reading the model and evaluations come on top, and so do waits that {@code
 * device.trainWhen} asks for.
 *
 * @param stepMillis one step, while the phone is cool
 * @param steps how many
 * @param total time of all, with the phone getting warm and throttling
 * @param batteryPercent what they draw, in percent of a full battery; more than 100 where one is
 *     not enough. What a charger gives meanwhile is not taken off
 * @param celsius temperature of the phone's skin at their end
 * @param clockFraction share of the top clock that the phone still allows then
 */
public record TimePlan(
        double stepMillis,
        int steps,
        Duration total,
        double batteryPercent,
        double celsius,
        double clockFraction) {

    /**
     * @param work of one step
     * @param phone the phone; its profile is not null
     * @param surroundings where it lies
     * @param factors how kinds of work compare
     */
    public static TimePlan of(
            StepWork work,
            int steps,
            SimulatedPhone phone,
            ThermalSettings surroundings,
            RateFactors factors) {
        PhoneSimulation simulation = new PhoneSimulation(phone, surroundings, factors);
        double stepMillis = simulation.clock().millis(work);
        double millis = simulation.afterStep(work.times(steps)).phoneMillis();
        var end = simulation.state().snapshot();
        return new TimePlan(
                stepMillis,
                steps,
                Duration.ofNanos(Math.round(Math.min(millis, 1e12) * 1e6)),
                100 * end.joules() / phone.profile().batteryJoules(),
                end.temperatureCelsius(),
                end.clockFraction());
    }
}
