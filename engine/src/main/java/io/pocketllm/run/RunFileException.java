package io.pocketllm.run;

/**
 * A run file, or an override of one of its values, that cannot be used. The message names the file
 * and the key, says what was found and what is allowed; the hint says what to do.
 */
public final class RunFileException extends Exception {

    private final String key;
    private final String hint;

    RunFileException(String file, String key, String problem, String hint) {
        super(file + (key.isEmpty() ? "" : ": " + key) + ": " + problem);
        this.key = key;
        this.hint = hint;
    }

    /**
     * The dotted path of the key, such as {@code training.steps}; empty where the file as a whole
     * is wrong.
     */
    public String key() {
        return key;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
