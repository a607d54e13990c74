package io.pocketllm.tensor;

/** A file of tensors that cannot be used. The message names the file, the hint says what to do. */
public final class TensorFileException extends Exception {

    private static final long serialVersionUID = 1;

    private final String hint;

    /**
     * @param message what is wrong, naming the file
     * @param hint what to do about it
     */
    public TensorFileException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
