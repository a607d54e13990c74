package io.pocketllm.device;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Watches the resident set of a process and, at the first reading over the budget, kills it for
 * real: SIGKILL, which cannot be caught. Stands in for Android's lmkd, seen from the one process.
 *
 * <p>A rise and fall between two readings is not seen, and children of the process are not counted.
 */
public final class LowMemoryKiller implements AutoCloseable {

    /** Time between two readings unless another is given: 20 a second. */
    public static final Duration DEFAULT_PERIOD = Duration.ofMillis(50);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final ProcessHandle process;
    private final LongSupplier residentSet;
    private final long budgetBytes;
    private final long periodNanos;
    private final MemoryListener listener;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile long peakRssBytes;
    private volatile Kill kill;
    private boolean listenerFailed;

    /**
     * The process was over its budget.
     *
     * @param rssBytes the reading that was over it
     * @param budgetBytes what the phone grants
     * @param peakRssBytes the largest reading of the process
     */
    public record Kill(long rssBytes, long budgetBytes, long peakRssBytes) {}

    LowMemoryKiller(
            ProcessHandle process,
            LongSupplier residentSet,
            long budgetBytes,
            Duration period,
            MemoryListener listener) {
        if (budgetBytes < 0) {
            throw new IllegalArgumentException(
                    "budgetBytes is " + budgetBytes + "; allowed: 0 for no limit, or more");
        }
        if (period.compareTo(Duration.ofMillis(1)) < 0
                || period.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "period is " + period + "; allowed: 1 millisecond to 1 minute");
        }
        if (budgetBytes > 0 && process.equals(ProcessHandle.current())) {
            throw new IllegalArgumentException(
                    "a process cannot kill itself; watch it with budgetBytes 0");
        }
        this.process = process;
        this.residentSet = residentSet;
        this.budgetBytes = budgetBytes;
        this.periodNanos = period.toNanos();
        this.listener = Objects.requireNonNull(listener, "listener");
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("low-memory-killer-" + process.pid())
                        .unstarted(this::watch);
    }

    /**
     * Starts to watch a process, every {@link #DEFAULT_PERIOD}.
     *
     * @param budgetBytes the process is killed above this; 0 watches only
     */
    public static LowMemoryKiller watch(
            ProcessHandle process, long budgetBytes, MemoryListener listener) {
        return watch(process, budgetBytes, DEFAULT_PERIOD, listener);
    }

    /**
     * Starts to watch a process. Call {@link ResidentSet#prepare} before, so that a computer whose
     * memory cannot be read is found out in time.
     *
     * @param budgetBytes the process is killed above this; 0 watches only
     * @param period from one reading to the next, 1 ms to 1 minute
     * @throws IllegalArgumentException for a negative budget, a period out of range, or a budget
     *     for this very process
     */
    public static LowMemoryKiller watch(
            ProcessHandle process, long budgetBytes, Duration period, MemoryListener listener) {
        return new LowMemoryKiller(
                        process,
                        new ResidentSet(process.pid())::bytes,
                        budgetBytes,
                        period,
                        listener)
                .begin();
    }

    LowMemoryKiller begin() {
        thread.start();
        process.onExit().thenRun(() -> LockSupport.unpark(thread));
        return this;
    }

    /** The largest reading so far, bytes; 0 before the first. */
    public long peakRssBytes() {
        return peakRssBytes;
    }

    /**
     * The kill, if there has been one by now. For an answer that will not change, ask {@link
     * #awaitVerdict}.
     */
    public Optional<Kill> kill() {
        return Optional.ofNullable(kill);
    }

    /**
     * Waits until watching has ended, because the process was killed or ended by itself or this was
     * closed, and the listener has heard everything. The answer is then final: there is a kill if
     * and only if this object sent the signal. Inside the listener it answers at once.
     */
    public Optional<Kill> awaitVerdict() throws InterruptedException {
        if (Thread.currentThread() != thread) {
            ended.await();
        }
        return kill();
    }

    /**
     * Stops watching and leaves the process alone. No reading is handed on after it returns, unless
     * a listener takes longer than a second. Closing again does nothing.
     */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            ended.await(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            long next = System.nanoTime();
            // A process id can be given to another process; the handle knows, so it is asked first.
            while (!closed && process.isAlive()) {
                look();
                if (kill != null) {
                    return;
                }
                long now = System.nanoTime();
                next = Math.max(next + periodNanos, now);
                sleepUntil(next);
            }
        } finally {
            ended.countDown();
        }
    }

    private void look() {
        long rssBytes = residentSet.getAsLong();
        if (rssBytes <= 0) {
            return;
        }
        long peak = Math.max(peakRssBytes, rssBytes);
        peakRssBytes = peak;
        // The signal goes first: a slow listener must not give the process time to grow. It is not
        // sent, and there is no kill, where the process has ended since the reading.
        boolean over = budgetBytes > 0 && rssBytes > budgetBytes && !closed;
        if (over && process.destroyForcibly()) {
            Kill sent = new Kill(rssBytes, budgetBytes, peak);
            kill = sent;
            tell(() -> listener.reading(rssBytes));
            tell(() -> listener.killed(sent));
        } else {
            tell(() -> listener.reading(rssBytes));
        }
    }

    /** A listener that fails does not switch the limit off; its first failure is reported. */
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            if (!listenerFailed) {
                listenerFailed = true;
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    private void sleepUntil(long deadline) {
        Thread.interrupted(); // else parkNanos would not wait
        for (long left = deadline - System.nanoTime();
                left > 0 && !closed && process.isAlive();
                left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }
}
