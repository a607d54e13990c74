package io.pocketllm.run;

import java.util.Locale;
import java.util.Optional;

/** What can be said to a running worker: one word a line on its standard input. */
public enum RunCommand {
    /** Finish the step and wait. */
    PAUSE,
    /** Go on after a pause. */
    RESUME,
    /** Measure held-out loss and accuracy after the step. */
    EVALUATE,
    /** Finish the step, save and end. */
    STOP,
    /** Connect the simulated phone to a charger. */
    PLUG,
    /** Take its charger away. */
    UNPLUG;

    /** The word itself. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command of a word; empty for any other, which a worker passes over. */
    static Optional<RunCommand> of(String word) {
        for (RunCommand command : values()) {
            if (command.word().equals(word.strip())) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}
