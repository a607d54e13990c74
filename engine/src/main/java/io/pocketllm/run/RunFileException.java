package io.pocketllm.run;

/**
 * A run file, a sweep file, or an override of one of its values, that cannot be used. The message
 * names the file and the key, says what was found and what is allowed; the hint says what to do.
 */
public final class RunFileException extends Exception {

    /** A damaged file can hold a key of any length; its message still has to fit a screen. */
    private static final int SHOWN_KEY_CHARS = 100;

    private static final int SHOWN_PROBLEM_CHARS = 1000;

    private final String key;
    private final String hint;

    /**
     * @param file the file, or what stands for one
     * @param key dotted path of the key; empty where the file as a whole is wrong
     * @param problem what was found, and what is allowed
     * @param hint what to do
     */
    public RunFileException(String file, String key, String problem, String hint) {
        super(
                file
                        + (key.isEmpty() ? "" : ": " + shown(key, SHOWN_KEY_CHARS))
                        + ": "
                        + shown(problem, SHOWN_PROBLEM_CHARS));
        this.key = key;
        this.hint = hint;
    }

    /** Cut, and on one line whatever control characters a file or a command line brought in. */
    private static String shown(String text, int chars) {
        String cut = text.length() > chars ? text.substring(0, chars - 3) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", " ");
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
