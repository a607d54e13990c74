package io.pocketllm.run;

import io.pocketllm.forward.PassWatch;
import io.pocketllm.zo.PassCount;

/**
 * The phone's side of a training: told what is done, it lets the phone's time pass, gets warm, and
 * makes the run wait where it must. Nothing of it reaches the training's numbers.
 *
 * <p>For the trainer's thread alone.
 */
interface TrainingPhone {

    /** This computer: no phone's time passes, and nothing waits. */
    TrainingPhone NONE = new TrainingPhone() {};

    /** Hears of the run's passes. */
    default PassWatch watch() {
        return PassWatch.NONE;
    }

    /** What the clock goes by, a word of {@link Calibration}; null without a clock. */
    default String calibration() {
        return null;
    }

    /**
     * Everything before the first step is done.
     *
     * @param step steps that were taken before
     */
    default void prepared(int step, PassCount passes) {}

    /** A step begins here. */
    default void begin() {}

    /**
     * A step is done; waits for the phone in real time.
     *
     * @return milliseconds it took on the phone; null without one
     */
    default Double stepped(int step, PassCount passes) {
        return null;
    }

    /** An evaluation, or any other work between steps, is done. */
    default void worked(int step, PassCount passes) {}

    /** The step's event is out: tells the phone's state, where it was not told just now. */
    default void tell(int step) {}

    /**
     * Waits while the phone does not allow to train.
     *
     * @return true where it waited, so that somebody may have said something meanwhile
     */
    default boolean waitUntilAllowed(int step) {
        return false;
    }

    /** A person paused the run for so long. */
    default void rested(int step, double millis) {}

    /** The run's last event, with what the phone has to say in it. */
    default Event.Finished complete(Event.Finished end) {
        return end;
    }
}
