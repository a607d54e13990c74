package io.pocketllm.zo;

/** A trajectory that cannot be used; the message names the file, the hint says what to do. */
public final class TrajectoryException extends Exception {

    private final String hint;

    TrajectoryException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
