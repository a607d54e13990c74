package io.pocketllm.device;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Watches the resident set of a process and, at the first reading over the budget, kills it for
 * real: SIGKILL, which cannot be caught. Stands in for Android's lmkd, seen from the one process.
 *
 * <p>Readings come as {@link PollPlan} says: every period while the budget is far, every 2
 * milliseconds where it could be crossed before the next (10 where a reading is not cheap). A rise
 * and fall between two readings is not seen, and children of the process are not counted. Only a
 * child of this very process is ever killed.
 */
public final class LowMemoryKiller implements AutoCloseable {

    /** Time between two readings unless another is given: 20 a second. */
    public static final Duration DEFAULT_PERIOD = Duration.ofMillis(50);

    private static final Duration SHORTEST_PAUSE =
            Duration.ofMillis(ResidentSet.isCheap() ? 2 : 10);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final ProcessHandle process;
    private final LongSupplier residentSet;
    private final long budgetBytes;
    private final long periodNanos;
    private final long reactionNanos;
    private final PollPlan plan;
    private final BooleanSupplier killedByKernel;
    private final MemoryListener listener;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile long peakRssBytes;
    private volatile Kill kill;
    private Runnable release;
    private boolean listenerFailed;
    private boolean over;
    private long overSinceNanos;
    private long nextTellNanos;
    private boolean told;

    /** Who ended a process that held too much. */
    public enum Cause {
        /** This object, after a reading over the budget. */
        RESIDENT_SET,
        /** The kernel, at the hard limit of the process's control group. */
        CONTROL_GROUP
    }

    /**
     * The process was over its budget.
     *
     * @param rssBytes the reading that was over it; the limit itself where the kernel held it there
     * @param budgetBytes what the phone grants
     * @param peakRssBytes the largest reading of the process
     * @param cause who ended it
     */
    public record Kill(long rssBytes, long budgetBytes, long peakRssBytes, Cause cause) {

        /** A kill after a reading. */
        public Kill(long rssBytes, long budgetBytes, long peakRssBytes) {
            this(rssBytes, budgetBytes, peakRssBytes, Cause.RESIDENT_SET);
        }
    }

    LowMemoryKiller(
            ProcessHandle process,
            LongSupplier residentSet,
            long budgetBytes,
            Duration period,
            MemoryListener listener) {
        this(process, residentSet, budgetBytes, period, Duration.ZERO, () -> false, listener);
    }

    LowMemoryKiller(
            ProcessHandle process,
            LongSupplier residentSet,
            long budgetBytes,
            Duration period,
            Duration reactionTime,
            BooleanSupplier killedByKernel,
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
        boolean strange =
                process.parent().map(p -> !p.equals(ProcessHandle.current())).orElse(false);
        if (budgetBytes > 0 && strange) {
            throw new IllegalArgumentException(
                    "process "
                            + process.pid()
                            + " is not a child of this one; watch it with budgetBytes 0");
        }
        this.process = process;
        this.residentSet = residentSet;
        this.budgetBytes = budgetBytes;
        this.periodNanos = period.toNanos();
        this.reactionNanos = reactionTime.toNanos();
        this.plan = new PollPlan(budgetBytes, periodNanos, SHORTEST_PAUSE.toNanos());
        this.killedByKernel = killedByKernel;
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
        ResidentSet residentSet = new ResidentSet(process.pid());
        return new LowMemoryKiller(process, residentSet::bytes, budgetBytes, period, listener)
                .begin(residentSet::close);
    }

    /**
     * Starts to watch a process under a phone's conditions.
     *
     * @param killLineBytes {@link PhoneConditions#killLineBytes}; 0 watches only
     * @param reactionTime how long it must stay over the line
     * @param killedByKernel asked once the process has ended
     */
    static LowMemoryKiller watch(
            ProcessHandle process,
            long killLineBytes,
            Duration reactionTime,
            BooleanSupplier killedByKernel,
            MemoryListener listener) {
        ResidentSet residentSet = new ResidentSet(process.pid());
        return new LowMemoryKiller(
                        process,
                        residentSet::bytes,
                        killLineBytes,
                        DEFAULT_PERIOD,
                        reactionTime,
                        killedByKernel,
                        listener)
                .begin(residentSet::close);
    }

    LowMemoryKiller begin() {
        return begin(() -> {});
    }

    /**
     * @param release called on the watching thread when watching has ended
     */
    private LowMemoryKiller begin(Runnable release) {
        this.release = release;
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
            // A process id can be given to another process; the handle knows, so it is asked first.
            while (!closed && process.isAlive()) {
                long started = System.nanoTime();
                long pause = look(started);
                if (kill != null) {
                    return;
                }
                sleepUntil(started + pause);
            }
            if (!closed && killedByKernel.getAsBoolean()) {
                long held = Math.max(budgetBytes, peakRssBytes);
                Kill seen = new Kill(held, budgetBytes, peakRssBytes, Cause.CONTROL_GROUP);
                kill = seen;
                tell(() -> listener.killed(seen));
            }
        } finally {
            release.run();
            ended.countDown();
        }
    }

    /** One reading; answers how long to wait for the next. */
    private long look(long now) {
        long rssBytes = residentSet.getAsLong();
        if (rssBytes <= 0) {
            return periodNanos;
        }
        long peak = Math.max(peakRssBytes, rssBytes);
        peakRssBytes = peak;
        boolean overNow = budgetBytes > 0 && rssBytes > budgetBytes && !closed;
        if (overNow && !over) {
            overSinceNanos = now;
        }
        over = overNow;
        // The signal goes first: a slow listener must not give the process time to grow. It is not
        // sent, and there is no kill, where the process has ended since the reading.
        if (over && now - overSinceNanos >= reactionNanos && process.destroyForcibly()) {
            Kill sent = new Kill(rssBytes, budgetBytes, peak);
            kill = sent;
            tell(() -> listener.reading(rssBytes));
            tell(() -> listener.killed(sent));
            return 0;
        }
        // Readings near the budget come faster than anyone wants to hear of.
        if (!told || now - nextTellNanos >= 0) {
            told = true;
            nextTellNanos = now + periodNanos;
            tell(() -> listener.reading(rssBytes));
        }
        return Math.min(plan.pauseNanos(rssBytes, now), Math.max(1, nextTellNanos - now));
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
