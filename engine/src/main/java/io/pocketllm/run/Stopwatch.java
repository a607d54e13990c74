package io.pocketllm.run;

/** Milliseconds since it was made, on a clock that never goes back. */
final class Stopwatch {

    private final long start = System.nanoTime();

    long elapsedMillis() {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
