package io.pocketllm.run.sweep;

/** Why a sweep came back. */
public enum SweepEnd {
    /** Every run of this computer's part has been run or skipped. */
    DONE,
    /** A person stopped it; what is missing can be resumed. */
    INTERRUPTED,
    /** {@code maxMinutes} are over; what is missing can be resumed. */
    TIME_OVER
}
