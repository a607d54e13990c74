package io.pocketllm.device;

import io.pocketllm.device.LowMemoryKiller.Kill;
import java.util.Optional;

/**
 * A program that runs on a {@link SimulatedPhone}.
 *
 * <p>Whether the phone killed it is known for sure once it has exited: {@link #kill}, {@link
 * #wasKilled} and {@link #awaitVerdict} then give the final answer, and the listener has heard of
 * the kill before any of them says so.
 */
public final class PhoneProcess implements AutoCloseable {

    private final Process process;
    private final LowMemoryKiller killer;
    private final ControlGroup group;
    private final PhoneLimits limits;

    /**
     * @param group the process's control group, or null
     */
    PhoneProcess(Process process, LowMemoryKiller killer, ControlGroup group, PhoneLimits limits) {
        this.process = process;
        this.killer = killer;
        this.group = group;
        this.limits = limits;
        if (group != null) {
            process.onExit().thenRun(this::removeGroup);
        }
    }

    /** Which limits the process really has. */
    public PhoneLimits limits() {
        return limits;
    }

    /** After the verdict, for that reads the group's counters. */
    private void removeGroup() {
        try {
            killer.awaitVerdict();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        group.close();
    }

    /** The process itself: its streams, its exit value. */
    public Process process() {
        return process;
    }

    /** The largest resident set that was read so far, bytes; 0 before the first reading. */
    public long peakRssBytes() {
        return killer.peakRssBytes();
    }

    /**
     * Waits until the process has exited and the watch is over. Not for use inside the listener.
     *
     * @return the kill, or nothing where the process ended in any other way
     */
    public Optional<Kill> awaitVerdict() throws InterruptedException {
        process.waitFor();
        return killer.awaitVerdict();
    }

    /**
     * The kill, if there was one. Final as soon as the process has exited; before, what is known.
     */
    public Optional<Kill> kill() {
        if (process.isAlive()) {
            return killer.kill();
        }
        try {
            return killer.awaitVerdict();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return killer.kill();
        }
    }

    /** True where the phone killed the process for its memory. Final once it has exited. */
    public boolean wasKilled() {
        return kill().isPresent();
    }

    /** Stops watching and ends the process if it still runs. That is not a kill. */
    @Override
    public void close() {
        killer.close();
        process.destroyForcibly();
    }
}
