package io.pocketllm.device.probe;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Time of work done by a call. With one thread it is the processor time of the calling thread,
 * which a busy computer does not stretch; with several it can only be the time on the wall.
 */
final class WorkTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private WorkTime() {}

    /** Nanoseconds from any origin; differences count. */
    static long nanos(int threads) {
        return threads == 1 && THREADS.isCurrentThreadCpuTimeSupported()
                ? THREADS.getCurrentThreadCpuTime()
                : System.nanoTime();
    }
}
