package io.pocketllm.device;

/**
 * A simulated phone at one moment: enough to go on from there.
 *
 * @param phoneMillis time that has passed on the phone
 * @param temperatureCelsius of the skin
 * @param throttleStep how many throttle steps are taken
 * @param clockFraction share of the top clock those allow
 * @param batteryPercent charge left, 0 to 100
 * @param joules what the phone has drawn so far
 */
public record PhoneSnapshot(
        double phoneMillis,
        double temperatureCelsius,
        int throttleStep,
        double clockFraction,
        double batteryPercent,
        double joules) {

    /**
     * @throws IllegalArgumentException for what no phone can be; the message names the value
     */
    public PhoneSnapshot {
        check("phoneMillis", phoneMillis, 0, 1e15);
        check("temperatureCelsius", temperatureCelsius, -100, 1000);
        check("throttleStep", throttleStep, 0, 1000);
        check("batteryPercent", batteryPercent, 0, 100);
        check("joules", joules, 0, 1e15);
    }

    private static void check(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; allowed: " + min + " to " + max);
        }
    }
}
