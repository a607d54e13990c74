package io.pocketllm.device;

/**
 * A battery as a bucket of energy: what is drawn goes out, what a charger gives beyond that goes
 * in. It neither ages nor tires; the voltage is its nominal one throughout.
 */
public final class BatteryModel {

    private final double fullJoules;
    private double joules;

    /**
     * @param fullJoules energy of a full battery, above 0
     * @param startPercent charge at the start, 0 to 100
     */
    public BatteryModel(double fullJoules, double startPercent) {
        if (!(fullJoules > 0 && startPercent >= 0 && startPercent <= 100)) {
            throw new IllegalArgumentException(
                    fullJoules + " J, " + startPercent + " %; allowed: above 0, and 0 to 100");
        }
        this.fullJoules = fullJoules;
        this.joules = fullJoules * startPercent / 100;
    }

    /** Goes on with so much charge, 0 to 100. */
    void restore(double percent) {
        joules = fullJoules * percent / 100;
    }

    /**
     * Lets the phone draw and the charger give. A full battery takes no more, and an empty one
     * gives no more.
     *
     * @param drawnJoules what the phone used, 0 or more
     * @param chargedJoules what the charger gave, 0 or more
     */
    public void move(double drawnJoules, double chargedJoules) {
        if (!(drawnJoules >= 0
                && chargedJoules >= 0
                && drawnJoules + chargedJoules < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    drawnJoules + " J drawn, " + chargedJoules + " J charged; allowed: 0 or more");
        }
        joules = Math.clamp(joules - drawnJoules + chargedJoules, 0, fullJoules);
    }

    /** What is left, joules. */
    public double joules() {
        return joules;
    }

    /** What is left, 0 to 100. */
    public double percent() {
        return Math.clamp(100 * joules / fullJoules, 0, 100);
    }

    /** True where nothing is left: the phone would be off. */
    public boolean isEmpty() {
        return joules <= 0;
    }
}
