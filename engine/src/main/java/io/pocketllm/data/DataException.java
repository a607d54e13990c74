package io.pocketllm.data;

/** Data that cannot be used. The message names file and line, the hint says what to do. */
public final class DataException extends Exception {

    private final String hint;

    /**
     * @param message what is wrong, naming file and line
     * @param hint what to do about it
     */
    public DataException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
