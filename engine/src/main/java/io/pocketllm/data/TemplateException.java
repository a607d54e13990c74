package io.pocketllm.data;

/** A prompt template that cannot be used. The hint says what to do. */
public final class TemplateException extends Exception {

    private final String hint;

    /**
     * @param message what is wrong
     * @param hint what to do about it
     */
    public TemplateException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
