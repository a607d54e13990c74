package io.pocketllm.device;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * A phone that a program runs on: a process of its own under the phone's limits.
 *
 * @param profile the phone, or null for this computer without limits
 * @param budgetBytes what a process may hold before it is killed; 0 for no limit
 * @param threads threads the program is meant to use, at least 1. The caller tells the program; on
 *     Linux it is also bound to so many cores
 * @param conditions what else goes on on the phone
 */
public record SimulatedPhone(
        DeviceProfile profile, long budgetBytes, int threads, PhoneConditions conditions) {

    /**
     * @throws IllegalArgumentException for a negative budget or no threads
     */
    public SimulatedPhone {
        Objects.requireNonNull(conditions, "conditions");
        if (budgetBytes < 0) {
            throw new IllegalArgumentException(
                    "budgetBytes is " + budgetBytes + "; allowed: 0 for no limit, or more");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; allowed: 1 or more");
        }
    }

    /** A phone on which nothing else goes on. */
    public SimulatedPhone(DeviceProfile profile, long budgetBytes, int threads) {
        this(profile, budgetBytes, threads, PhoneConditions.IDLE);
    }

    /** The phone with its own budget and its own number of threads. */
    public static SimulatedPhone of(DeviceProfile profile) {
        return new SimulatedPhone(profile, profile.budgetBytes(), profile.defaultThreads());
    }

    /** The resident set above which a program is killed, bytes; 0 for no limit. */
    public long killLineBytes() {
        return conditions.killLineBytes(budgetBytes);
    }

    /**
     * Which limits this computer can put on a program, tried out; what a started one really has is
     * in {@link PhoneProcess#limits}.
     */
    public PhoneLimits limits() {
        boolean kernel = false;
        if (killLineBytes() > 0) {
            Optional<ControlGroup> group = ControlGroup.create(killLineBytes());
            kernel = group.isPresent();
            group.ifPresent(ControlGroup::close);
        }
        int cores = profile == null ? 0 : CoreAffinity.available(threads);
        return new PhoneLimits(killLineBytes(), kernel, cores, conditions);
    }

    /**
     * Starts a program on the phone and watches it from then on. On Linux it also gets a control
     * group with a hard limit where the system allows that, and is bound to as many cores as the
     * phone's threads; elsewhere, and for this computer without limits, it is not.
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
        long killLine = killLineBytes();
        CoreAffinity.Started started =
                profile == null
                        ? new CoreAffinity.Started(builder.start(), 0)
                        : CoreAffinity.start(builder, threads);
        Process process = started.process();
        ControlGroup group = null;
        try {
            group = killLine > 0 ? ControlGroup.create(killLine).orElse(null) : null;
            if (group != null && !group.add(process.pid())) {
                group.close();
                group = null;
            }
            LowMemoryKiller killer =
                    LowMemoryKiller.watch(
                            process.toHandle(),
                            killLine,
                            conditions.reactionTime(),
                            group == null ? () -> false : group::killed,
                            listener);
            return new PhoneProcess(
                    process,
                    killer,
                    group,
                    new PhoneLimits(killLine, group != null, started.cores(), conditions));
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            if (group != null) {
                group.close();
            }
            throw e;
        }
    }
}
