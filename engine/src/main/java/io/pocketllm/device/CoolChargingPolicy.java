package io.pocketllm.device;

/**
 * "Train only while charging and cool", as a phone does its own chores at night: pauses when it is
 * unplugged or too warm, and goes on only when it is plugged in and clearly cooler.
 */
public final class CoolChargingPolicy {

    private final double pauseCelsius;
    private final double resumeCelsius;
    private final boolean needsCharger;
    private boolean paused;

    /** Whether to train now. */
    public enum Decision {
        /** Train. */
        RUN,
        /** Wait: no charger. */
        WAIT_FOR_CHARGER,
        /** Wait: too warm. */
        WAIT_TO_COOL
    }

    /**
     * @param pauseCelsius pauses at this temperature
     * @param resumeCelsius goes on below this one, which is lower
     * @param needsCharger false where only warmth pauses
     */
    public CoolChargingPolicy(double pauseCelsius, double resumeCelsius, boolean needsCharger) {
        if (!(resumeCelsius < pauseCelsius)) {
            throw new IllegalArgumentException(
                    "resumeCelsius is "
                            + resumeCelsius
                            + "; allowed: less than pauseCelsius, "
                            + pauseCelsius);
        }
        this.pauseCelsius = pauseCelsius;
        this.resumeCelsius = resumeCelsius;
        this.needsCharger = needsCharger;
    }

    /**
     * The phone's own: pauses at its first throttle step and goes on two degrees below where that
     * is given back; at its skin limit and five degrees below where it has no steps.
     */
    public static CoolChargingPolicy of(DeviceProfile phone, boolean needsCharger) {
        DeviceProfile.Thermal thermal = phone.thermal();
        if (thermal.throttleSteps().isEmpty()) {
            double limit = thermal.skinLimitCelsius();
            return new CoolChargingPolicy(limit, limit - 5, needsCharger);
        }
        DeviceProfile.ThrottleStep first = thermal.throttleSteps().getFirst();
        return new CoolChargingPolicy(first.hotCelsius(), first.coolCelsius() - 2, needsCharger);
    }

    /** Goes on below this temperature. */
    public double resumeCelsius() {
        return resumeCelsius;
    }

    /** Decides anew from the phone as it is; remembers whether it waits for cooling. */
    public Decision decide(double temperatureCelsius, boolean charging) {
        paused = temperatureCelsius >= (paused ? resumeCelsius : pauseCelsius);
        if (needsCharger && !charging) {
            return Decision.WAIT_FOR_CHARGER;
        }
        return paused ? Decision.WAIT_TO_COOL : Decision.RUN;
    }

    /** The same for a simulated phone. */
    public Decision decide(PhoneState phone) {
        return decide(phone.temperatureCelsius(), phone.isCharging());
    }
}
