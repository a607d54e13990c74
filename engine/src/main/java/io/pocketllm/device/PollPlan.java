package io.pocketllm.device;

/**
 * When to look next: seldom while the budget is far, as often as readings are affordable where the
 * process could cross it before the next look.
 *
 * <p>A process is taken to grow at most at twice the fastest rate seen of it, and never at less
 * than {@link #SUDDEN_BYTES_PER_SECOND}: a process that stood still for minutes may begin at once.
 */
final class PollPlan {

    /** What one thread that touches fresh pages manages on a fast computer, roughly. */
    static final double SUDDEN_BYTES_PER_SECOND = 3e9;

    private final long budgetBytes;
    private final long periodNanos;
    private final long shortestNanos;
    private double fastestBytesPerNano;
    private long previousBytes = -1;
    private long previousNanos;

    /**
     * @param budgetBytes 0 for no limit, then every pause is a whole period
     * @param periodNanos the longest pause
     * @param shortestNanos the shortest, at most the longest
     */
    PollPlan(long budgetBytes, long periodNanos, long shortestNanos) {
        this.budgetBytes = budgetBytes;
        this.periodNanos = periodNanos;
        this.shortestNanos = Math.min(shortestNanos, periodNanos);
    }

    /** Nanoseconds to wait after a reading of {@code rssBytes} taken at {@code nowNanos}. */
    long pauseNanos(long rssBytes, long nowNanos) {
        if (previousBytes >= 0 && nowNanos > previousNanos) {
            double rate = (double) (rssBytes - previousBytes) / (nowNanos - previousNanos);
            fastestBytesPerNano = Math.max(rate, fastestBytesPerNano);
        }
        previousBytes = rssBytes;
        previousNanos = nowNanos;
        if (budgetBytes == 0) {
            return periodNanos;
        }
        double rate = Math.max(SUDDEN_BYTES_PER_SECOND / 1e9, 2 * fastestBytesPerNano);
        double untilCrossing = Math.max(0, budgetBytes - rssBytes) / rate;
        return (long) Math.clamp(untilCrossing / 2, shortestNanos, periodNanos);
    }
}
