package io.pocketllm.device;

/**
 * Where the phone lies, and on what power.
 *
 * @param ambientCelsius temperature of the air, −20 to 60
 * @param chargingWatts what a charger puts into the phone, 0 to 150; 0 for no charger
 * @param conductanceFactor how well heat gets away compared with the bare phone in still air: 0.7
 *     in a case, 1.5 before a fan (estimated); 0.1 to 5
 * @param startPercent charge of the battery at the start, 0 to 100
 */
public record ThermalSettings(
        double ambientCelsius,
        double chargingWatts,
        double conductanceFactor,
        double startPercent) {

    /** A bare, full phone in a room of 25 °C, not charging. */
    public static final ThermalSettings ROOM = new ThermalSettings(25, 0, 1, 100);

    /** A computer's USB port gives 2.5 to 4.5 W; the middle. */
    public static final double USB_PORT_WATTS = 3.5;

    /** What a usual case leaves of the conductance (estimated). */
    public static final double CASE_FACTOR = 0.7;

    /**
     * @throws IllegalArgumentException for a value out of range; the message names it
     */
    public ThermalSettings {
        check("ambientCelsius", ambientCelsius, -20, 60);
        check("chargingWatts", chargingWatts, 0, 150);
        check("conductanceFactor", conductanceFactor, 0.1, 5);
        check("startPercent", startPercent, 0, 100);
    }

    private static void check(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " is " + value + "; allowed: " + min + " to " + max);
        }
    }
}
