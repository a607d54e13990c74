package io.pocketllm.onnx;

/**
 * An ONNX file or graph that cannot be used. The message names the file, the hint says what to do.
 */
public final class OnnxException extends Exception {

    private final String hint;

    /**
     * @param message what is wrong, naming the file
     * @param hint what to do about it
     */
    public OnnxException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
