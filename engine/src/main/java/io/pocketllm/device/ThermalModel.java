package io.pocketllm.device;

import io.pocketllm.device.DeviceProfile.Thermal;
import io.pocketllm.device.DeviceProfile.ThrottleStep;
import java.util.List;

/**
 * One thermal node: {@code C dT/dt = P − G (T − ambient)}. For constant power over an interval this
 * has the exact answer {@code T(t) = T∞ + (T₀ − T∞) exp(−t G / C)} with {@code T∞ = ambient + P /
 * G}, so that a step may be as long as it likes.
 *
 * <p>The clock follows the temperature in steps with hysteresis: a step is taken at its hot
 * temperature and given back below its cool one.
 */
public final class ThermalModel {

    private final double conductance;
    private final double heatCapacity;
    private final List<ThrottleStep> steps;
    private final double ambientCelsius;
    private double temperatureCelsius;
    private int level;
    private double lostJoules;

    /** A phone as warm as the air. */
    public ThermalModel(Thermal thermal, ThermalSettings settings) {
        this.conductance = thermal.conductanceWattsPerKelvin() * settings.conductanceFactor();
        this.heatCapacity = thermal.heatCapacityJoulesPerKelvin();
        this.steps = thermal.throttleSteps();
        this.ambientCelsius = settings.ambientCelsius();
        this.temperatureCelsius = ambientCelsius;
        adjust();
    }

    /**
     * Goes on from an earlier moment. A throttle step that was taken stays until it is cool enough
     * to be given back.
     */
    void restore(double celsius, int throttleLevel) {
        temperatureCelsius = celsius;
        level = Math.clamp(throttleLevel, 0, steps.size());
        adjust();
    }

    /**
     * Lets time pass.
     *
     * @param watts heat made in the phone, 0 or more
     * @param seconds how long, 0 or more
     */
    public void advance(double watts, double seconds) {
        if (!(watts >= 0 && seconds >= 0 && watts + seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    watts + " W for " + seconds + " s; allowed: 0 or more of both");
        }
        double before = temperatureCelsius;
        double end = equilibriumCelsius(watts);
        // expm1 keeps the digits of a step that is short against C / G.
        temperatureCelsius =
                before - (end - before) * Math.expm1(-seconds * conductance / heatCapacity);
        lostJoules += watts * seconds - heatCapacity * (temperatureCelsius - before);
        adjust();
    }

    /** Where the temperature goes at a constant power. */
    public double equilibriumCelsius(double watts) {
        return ambientCelsius + watts / conductance;
    }

    /** Temperature of the skin. */
    public double temperatureCelsius() {
        return temperatureCelsius;
    }

    /** What the phone allows of its top clock, above 0 to 1. */
    public double clockFraction() {
        return level == 0 ? 1 : steps.get(level - 1).clockFraction();
    }

    /** How many of the throttle steps are taken. */
    public int throttleLevel() {
        return level;
    }

    /** Heat that has gone to the air, joules; negative where the air warmed the phone. */
    public double lostJoules() {
        return lostJoules;
    }

    private void adjust() {
        while (level < steps.size() && temperatureCelsius >= steps.get(level).hotCelsius()) {
            level++;
        }
        while (level > 0 && temperatureCelsius < steps.get(level - 1).coolCelsius()) {
            level--;
        }
    }
}
