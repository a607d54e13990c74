package io.pocketllm.device;

/**
 * The phone after a step.
 *
 * @param phoneMillis how long the step took there
 * @param temperatureCelsius skin temperature at its end
 * @param clockFraction share of the top clock it allows from now on
 * @param batteryPercent charge left, 0 to 100
 * @param energyJoules what the phone drew during the step
 */
public record PhoneReading(
        double phoneMillis,
        double temperatureCelsius,
        double clockFraction,
        double batteryPercent,
        double energyJoules) {}
