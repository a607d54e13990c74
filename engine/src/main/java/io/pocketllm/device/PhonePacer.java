package io.pocketllm.device;

import java.time.Duration;

/**
 * Real time: makes a worker as slow as the phone would be. Whatever a step took too long, or a
 * pause ended too late, is taken off the pauses that follow, so that the pace holds over many
 * steps. A computer that is slower than the phone is never made to wait, and builds up no more than
 * {@link #LONGEST_DEBT} to catch up with.
 *
 * <p>For one thread at a time.
 */
public final class PhonePacer {

    /** A debt beyond this is forgotten: it came from a suspended computer, not from a step. */
    public static final Duration LONGEST_DEBT = Duration.ofSeconds(30);

    private final Time time;
    private double aheadNanos;
    private long stepStartNanos;

    /** Time, and waiting for it to pass: the system's own, or a test's. */
    public interface Time {

        /** A clock that only goes forward, nanoseconds from any origin. */
        long nanos();

        /** Waits about so long; may return early or late. */
        void pause(long nanos) throws InterruptedException;

        /** The system's own. */
        Time SYSTEM =
                new Time() {
                    @Override
                    public long nanos() {
                        return System.nanoTime();
                    }

                    @Override
                    public void pause(long nanos) throws InterruptedException {
                        Thread.sleep(Duration.ofNanos(nanos));
                    }
                };
    }

    /** A pacer by the system's clock; the first step starts now. */
    public PhonePacer() {
        this(Time.SYSTEM);
    }

    /** A pacer by any clock; the first step starts now. */
    public PhonePacer(Time time) {
        this.time = time;
        this.stepStartNanos = time.nanos();
    }

    /** A step starts now: what has passed since the one before, such as a pause, does not count. */
    public void begin() {
        stepStartNanos = time.nanos();
    }

    /**
     * A step has ended here; waits until it would have ended on the phone. The next step starts
     * when this returns.
     *
     * @param phoneMillis what the step takes on the phone
     * @return milliseconds waited
     * @throws InterruptedException where the thread is interrupted while it waits; what is left of
     *     the wait is dropped and the next step starts now
     */
    public double end(double phoneMillis) throws InterruptedException {
        if (!(phoneMillis >= 0 && phoneMillis < 1e12)) {
            throw new IllegalArgumentException(
                    "phoneMillis is " + phoneMillis + "; allowed: 0 or more");
        }
        long now = time.nanos();
        double due = aheadNanos + phoneMillis * 1e6 - (now - stepStartNanos);
        long waitedFrom = now;
        try {
            // Pauses may end early; what is left is waited for again.
            while (due - (now - waitedFrom) >= 1) {
                time.pause((long) (due - (now - waitedFrom)));
                now = time.nanos();
            }
        } catch (InterruptedException e) {
            aheadNanos = 0;
            begin();
            throw e;
        }
        aheadNanos = Math.max(due - (now - waitedFrom), -LONGEST_DEBT.toNanos());
        stepStartNanos = now;
        return (now - waitedFrom) / 1e6;
    }
}
