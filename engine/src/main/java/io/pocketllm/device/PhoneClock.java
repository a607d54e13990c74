package io.pocketllm.device;

import java.util.EnumMap;
import java.util.Map;

/**
 * Says how long counted work takes on a machine: for each operator the larger of the time its
 * arithmetic takes and the time its memory traffic takes (a roofline: Williams, Waterman and
 * Patterson, CACM 52(4), 2009), and a fixed cost for each call.
 *
 * <p>Pure arithmetic: the same work takes the same time. docs/simulated-phone.md gives its error.
 */
public final class PhoneClock {

    private final MachineRates rates;

    /** The clock of a machine with these rates. */
    public PhoneClock(MachineRates rates) {
        this.rates = rates;
    }

    /** The clock of a phone that is otherwise idle, with its default threads and estimates. */
    public static PhoneClock of(DeviceProfile phone) {
        return new PhoneClock(
                MachineRates.of(
                        phone,
                        phone.defaultThreads(),
                        PhoneConditions.IDLE,
                        RateFactors.ESTIMATED));
    }

    /** What the clock reckons with. */
    public MachineRates rates() {
        return rates;
    }

    /** Milliseconds of the work at the top clock. */
    public double millis(StepWork work) {
        return millis(work, 1);
    }

    /**
     * Milliseconds of the work at a lower clock. Arithmetic and calls slow down with it, memory
     * does not.
     *
     * @param clockFraction share of the top clock, above 0 to 1
     */
    public double millis(StepWork work, double clockFraction) {
        double seconds = work.calls() * rates.callSeconds() / checked(clockFraction);
        for (OperationWork operation : work.operations()) {
            seconds += seconds(operation, clockFraction);
        }
        return seconds * 1000;
    }

    /** The same by kind of work; what calls cost is not in it. */
    public Map<OperationKind, Double> millisByKind(StepWork work, double clockFraction) {
        Map<OperationKind, Double> millis = new EnumMap<>(OperationKind.class);
        checked(clockFraction);
        for (OperationWork operation : work.operations()) {
            millis.merge(operation.kind(), 1000 * seconds(operation, clockFraction), Double::sum);
        }
        return millis;
    }

    private double seconds(OperationWork work, double clockFraction) {
        double compute =
                work.flops()
                        / (rates.flopsPerSecond(work.kind(), work.precision()) * clockFraction);
        return Math.max(compute, work.bytes() / rates.bytesPerSecond(work.kind()));
    }

    private static double checked(double clockFraction) {
        if (!(clockFraction > 0 && clockFraction <= 1)) {
            throw new IllegalArgumentException(
                    "clockFraction is " + clockFraction + "; allowed: above 0, to 1");
        }
        return clockFraction;
    }
}
