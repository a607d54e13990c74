package io.pocketllm.phone;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends what has been silent for too long. A phone out of Wi-Fi reach closes nothing: without this a
 * read, and a write just as well, would wait for ever.
 */
final class IdleWatch {

    private static final ScheduledExecutorService CLOCK =
            Executors.newSingleThreadScheduledExecutor(
                    work -> Thread.ofPlatform().daemon().name("adb-silence").unstarted(work));

    private final Runnable onIdle;
    private volatile long lastNanos = System.nanoTime();

    // Guarded by "this".
    private long limitNanos;
    private int looks;

    /**
     * @param onIdle called once, on another thread, when nothing moved for as long as the limit;
     *     there is none until {@link #limit} is called
     */
    IdleWatch(Runnable onIdle) {
        this.onIdle = onIdle;
    }

    /** Sets how long may pass in silence from now on; null for as long as it takes. */
    synchronized void limit(Duration limit) {
        lastNanos = System.nanoTime();
        limitNanos = limit == null ? 0 : limit.toNanos();
        // A look that waits for a longer limit to pass would come too late for a shorter one.
        looks++;
        lookLater();
    }

    /** Something moved. */
    void moved() {
        lastNanos = System.nanoTime();
    }

    /** Nothing more to watch. */
    synchronized void stop() {
        limitNanos = 0;
        looks++;
    }

    private synchronized void lookLater() {
        if (limitNanos > 0) {
            int mine = looks;
            long left = limitNanos - (System.nanoTime() - lastNanos);
            CLOCK.schedule(() -> look(mine), left, TimeUnit.NANOSECONDS);
        }
    }

    private void look(int mine) {
        synchronized (this) {
            if (mine != looks) {
                return;
            }
            if (System.nanoTime() - lastNanos < limitNanos) {
                lookLater();
                return;
            }
            stop();
        }
        onIdle.run();
    }
}
