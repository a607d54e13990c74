package io.pocketllm.device;

/**
 * A phone over a whole run: give it each step's work, and it says how long that took there, how
 * warm the phone is, and what is left of the battery. The one door to clock, heat and battery.
 *
 * <p>For one thread at a time. The same work in the same order gives the same readings.
 */
public final class PhoneSimulation {

    private static final double SLICE_MILLIS = 5000;
    private static final double MOST_SLICES = 1000;

    private final PhoneClock clock;
    private final PhoneState state;

    /**
     * @param phone the phone; its profile is not null
     * @param factors {@link RateFactors#ESTIMATED}, or those of the host probe
     */
    public PhoneSimulation(SimulatedPhone phone, ThermalSettings settings, RateFactors factors) {
        DeviceProfile profile = phone.profile();
        this.clock =
                new PhoneClock(
                        MachineRates.of(profile, phone.threads(), phone.conditions(), factors));
        this.state = new PhoneState(profile, phone.threads(), settings);
    }

    /** Goes on from an earlier moment of the same phone. */
    public void restore(PhoneSnapshot from) {
        state.restore(from);
    }

    /** An idle phone in a room, with estimated factors. */
    public PhoneSimulation(SimulatedPhone phone) {
        this(phone, ThermalSettings.ROOM, RateFactors.ESTIMATED);
    }

    /**
     * A step has been done. It ran at the clock that the phone allowed, which is looked at anew
     * every {@value #SLICE_MILLIS} ms: a step of minutes throttles on its way.
     *
     * @param work all that the step did: forward passes and passes over the weights
     */
    public PhoneReading afterStep(StepWork work) {
        double left = 1;
        double millis = 0;
        double joules = 0;
        PhoneReading reading;
        do {
            double whole = clock.millis(work, state.clockFraction());
            double slice = Math.max(SLICE_MILLIS, whole / MOST_SLICES);
            double part = whole * left <= slice ? left : slice / whole;
            reading = state.work(whole * part, 1, work.bytes() * part);
            millis += reading.phoneMillis();
            joules += reading.energyJoules();
            left -= part;
        } while (left > 0);
        return new PhoneReading(
                millis,
                reading.temperatureCelsius(),
                reading.clockFraction(),
                reading.batteryPercent(),
                joules);
    }

    /** The run was paused for this long on the phone. */
    public PhoneReading afterPause(double phoneMillis) {
        return state.rest(phoneMillis);
    }

    /** Milliseconds the work would take now. */
    public double phoneMillis(StepWork work) {
        return clock.millis(work, state.clockFraction());
    }

    /** Heat and battery as they stand. */
    public PhoneState state() {
        return state;
    }

    /** What it reckons time with. */
    public PhoneClock clock() {
        return clock;
    }
}
