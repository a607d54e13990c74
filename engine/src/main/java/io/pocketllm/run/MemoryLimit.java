package io.pocketllm.run;

/** Words of {@link Event.Started#limit} and {@link Event.Killed#limit}. */
public final class MemoryLimit {

    /** Memory is watched and not limited. */
    public static final String NONE = "none";

    /** Killed after a reading of the resident set. */
    public static final String POLLED = "polled";

    /** A control group of its own besides: the kernel kills too, at the line. */
    public static final String CGROUP = "cgroup";

    private MemoryLimit() {}
}
