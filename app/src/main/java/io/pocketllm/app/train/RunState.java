package io.pocketllm.app.train;

/** What a run is doing, as a person sees it. */
public enum RunState {
    /** Nothing has been started. */
    READY,
    /** The worker loads and measures before the first step. */
    PREPARING,
    /** Steps are taken. */
    RUNNING,
    /** A pause was asked for; the step in hand is finished first. */
    PAUSING,
    /** Waits; the worker keeps all it has. */
    PAUSED,
    /** A stop was asked for; the step in hand is finished and the result saved. */
    STOPPING,
    /** Ended by itself or by a person. */
    FINISHED,
    /** The simulated phone ended it. */
    KILLED,
    /** The loss is no longer a number. */
    DIVERGED,
    /** Could not go on. */
    FAILED;

    /** True while there is a worker. */
    public boolean isActive() {
        return switch (this) {
            case PREPARING, RUNNING, PAUSING, PAUSED, STOPPING -> true;
            case READY, FINISHED, KILLED, DIVERGED, FAILED -> false;
        };
    }
}
