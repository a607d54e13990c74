package io.pocketllm.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;

/**
 * How smoothly a window lives: how much of the time its thread computes, and the longest it let a
 * frame wait. To be used on the window's thread.
 *
 * <p>The timer asks for 60 frames a second all the time, which the window by itself does not. So
 * the share is a little too high, never too low.
 */
final class FrameMeter extends AnimationTimer {

    /**
     * What was measured.
     *
     * @param busyShare processor time of the window's thread over the time that passed
     * @param drawingShare the same for the thread that draws
     * @param frames how many frames there were
     * @param largestGapMillis the longest time between two of them
     * @param seconds how long was measured
     */
    record Reading(
            double busyShare,
            double drawingShare,
            long frames,
            double largestGapMillis,
            double seconds) {

        String text() {
            return "window's thread busy %.1f %%, drawing thread %.1f %%, %.1f frames a second, largest gap %.0f ms"
                    .formatted(
                            100 * busyShare,
                            100 * drawingShare,
                            frames / seconds,
                            largestGapMillis);
        }
    }

    private long startNanos;
    private long startCpuNanos;
    private long startDrawingNanos;
    private long lastNanos;
    private long largestGapNanos;
    private long frames;

    /** Begins, or begins again. */
    void begin() {
        startNanos = System.nanoTime();
        lastNanos = startNanos;
        startCpuNanos = cpuNanos();
        startDrawingNanos = drawingNanos();
        largestGapNanos = 0;
        frames = 0;
        start();
    }

    @Override
    public void handle(long frameNanos) {
        // Not the frame's own time stamp: a frame that came late may be stamped as it was planned.
        long now = System.nanoTime();
        largestGapNanos = Math.max(largestGapNanos, now - lastNanos);
        lastNanos = now;
        frames++;
    }

    /** What was measured since {@link #begin}, and the end of it. */
    Reading end() {
        stop();
        long now = System.nanoTime();
        double passed = now - startNanos;
        return new Reading(
                (cpuNanos() - startCpuNanos) / passed,
                (drawingNanos() - startDrawingNanos) / passed,
                frames,
                Math.max(largestGapNanos, now - lastNanos) / 1e6,
                passed / TimeUnit.SECONDS.toNanos(1));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** JavaFX draws on a thread of its own. */
    private static long drawingNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("QuantumRenderer")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return 0;
    }
}
