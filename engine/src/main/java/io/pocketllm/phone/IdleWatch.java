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
    private volatile long limitNanos;
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean over;

    /**
     * @param onIdle called once, on another thread, when nothing moved for as long as the limit;
     *     there is none until {@link #limit} is called
     */
    IdleWatch(Runnable onIdle) {
        this.onIdle = onIdle;
    }

    /** Sets how long may pass in silence from now on; null for as long as it takes. */
    void limit(Duration limit) {
        boolean running = limitNanos > 0;
        lastNanos = System.nanoTime();
        limitNanos = limit == null ? 0 : limit.toNanos();
        if (!running && limitNanos > 0) {
            look();
        }
    }

    /** Something moved. */
    void moved() {
        lastNanos = System.nanoTime();
    }

    /** Nothing more to watch. */
    void stop() {
        over = true;
    }

    private void look() {
        long limit = limitNanos;
        if (over || limit == 0) {
            return;
        }
        long left = limit - (System.nanoTime() - lastNanos);
        if (left <= 0) {
            over = true;
            onIdle.run();
        } else {
            CLOCK.schedule(this::look, left, TimeUnit.NANOSECONDS);
        }
    }
}
