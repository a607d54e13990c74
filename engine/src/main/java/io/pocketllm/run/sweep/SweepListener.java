package io.pocketllm.run.sweep;

import io.pocketllm.run.Event;
import java.util.OptionalLong;

/** Hears what a sweep does. Calls come one after the other and must not block for long. */
public interface SweepListener {

    /**
     * A run begins.
     *
     * @param resumed whether it goes on from its trajectory
     */
    void starts(Position position, boolean resumed);

    /** An event of the run that is going on. */
    void event(Position position, Event event);

    /** The stopping rule stops the run after this step. */
    default void stopsEarly(Position position, int step, double bestLoss, double median) {}

    /** The run has ended. */
    void ended(Position position, RunResult result);

    /**
     * Where the sweep is.
     *
     * @param place 1 for the first of this computer's runs
     * @param of this computer's runs, also those that were run or skipped before
     * @param millisLeft time that this and the runs after it will take, by the mean of those run so
     *     far; empty before the first has ended
     */
    record Position(Combination combination, int place, int of, OptionalLong millisLeft) {}
}
