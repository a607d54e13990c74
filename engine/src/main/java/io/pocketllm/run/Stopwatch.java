package io.pocketllm.run;

import java.time.Duration;
import java.time.Instant;

/** Elapsed milliseconds, on a clock that never goes back. */
final class Stopwatch {

    private final long start;

    private Stopwatch(long start) {
        this.start = start;
    }

    /** Counts from now. */
    static Stopwatch fromNow() {
        return new Stopwatch(System.nanoTime());
    }

    /**
     * Counts from the start of this process, which is where whoever started it counts from; both
     * sides' times then stand on one axis.
     */
    static Stopwatch fromProcessStart() {
        Instant begin = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        long since = Math.max(0, Duration.between(begin, Instant.now()).toNanos());
        return new Stopwatch(System.nanoTime() - since);
    }

    long elapsedMillis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
