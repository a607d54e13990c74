package io.pocketllm.device;

import java.io.IOException;
import java.util.Objects;

/**
 * A phone that a program runs on: a process of its own under the phone's memory limit.
 *
 * @param profile the phone, or null for this computer without limits
 * @param budgetBytes what a process may hold before it is killed; 0 for no limit
 * @param threads threads the program is meant to use, at least 1. The caller tells the program; the
 *     phone does not enforce it
 */
public record SimulatedPhone(DeviceProfile profile, long budgetBytes, int threads) {

    /**
     * @throws IllegalArgumentException for a negative budget or no threads
     */
    public SimulatedPhone {
        if (budgetBytes < 0) {
            throw new IllegalArgumentException(
                    "budgetBytes is " + budgetBytes + "; allowed: 0 for no limit, or more");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; allowed: 1 or more");
        }
    }

    /** The phone with its own budget and its own number of threads. */
    public static SimulatedPhone of(DeviceProfile profile) {
        return new SimulatedPhone(profile, profile.budgetBytes(), profile.defaultThreads());
    }

    /**
     * Starts a program on the phone and watches it from then on, 20 times a second.
     *
     * @param builder the program; it must be the process that holds the memory, not a script around
     *     it
     * @param listener hears every reading, and of the kill
     * @throws IOException where the program cannot be started, or this computer's memory not be
     *     read (then nothing has been started)
     */
    public PhoneProcess start(ProcessBuilder builder, MemoryListener listener) throws IOException {
        Objects.requireNonNull(listener, "listener");
        ResidentSet.prepare();
        Process process = builder.start();
        try {
            return new PhoneProcess(
                    process, LowMemoryKiller.watch(process.toHandle(), budgetBytes, listener));
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }
}
