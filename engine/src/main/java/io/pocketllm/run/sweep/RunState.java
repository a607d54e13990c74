package io.pocketllm.run.sweep;

/** Where a run of a sweep stands. */
public enum RunState {
    /** Not begun; perhaps another computer's. */
    WAITING("waiting", false),
    /** Left out: the plan says that its phone would end it. */
    SKIPPED("skipped", false),
    /** Begun and not ended, or stopped by a person: goes on from its trajectory. */
    INTERRUPTED("interrupted", false),
    /** Its worker could not go on: tried again when the sweep is resumed. */
    FAILED("failed", false),
    /** All its steps. */
    FINISHED("finished", true),
    /** Stopped by the sweep's rule. */
    STOPPED_EARLY("stopped early", true),
    /** The loss left the numbers. */
    DIVERGED("diverged", true),
    /** The simulated phone's low-memory killer ended it. */
    KILLED("killed", true);

    private final String words;
    private final boolean done;

    RunState(String words, boolean done) {
        this.words = words;
        this.done = done;
    }

    /** For people and files. */
    public String words() {
        return words;
    }

    /** Whether it is not run again. */
    public boolean isDone() {
        return done;
    }
}
