package io.pocketllm.app.phones;

import io.pocketllm.phone.PhoneException;
import io.pocketllm.run.RunFileException;

/**
 * Something that did not work, for people.
 *
 * @param message what happened
 * @param hint what to do; may be empty
 */
public record Trouble(String message, String hint) {

    /** Nothing. */
    public static final Trouble NONE = new Trouble("", "");

    /** The words of an exception. */
    static Trouble of(Exception problem) {
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        return switch (problem) {
            case PhoneException e -> new Trouble(message, e.hint());
            case RunFileException e -> new Trouble(message, e.hint());
            default -> new Trouble(message, "");
        };
    }

    /** Whether a person stopped it: then there is nothing to explain. */
    static boolean isCancelled(Exception problem) {
        return problem instanceof PhoneException e && e.reason() == PhoneException.Reason.CANCELLED;
    }

    /** Whether there is any. */
    public boolean isThere() {
        return !message.isEmpty();
    }

    /** Both in one text. */
    public String text() {
        return (message + " " + hint).strip();
    }
}
