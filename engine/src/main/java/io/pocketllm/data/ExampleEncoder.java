package io.pocketllm.data;

/** Turns examples into the rows a model reads; one for each kind of objective. */
public interface ExampleEncoder {

    /**
     * The rows of an example, each within the limit of tokens.
     *
     * @throws DataException where a template and its answer alone are longer than the limit
     */
    EncodedExample encode(Example example) throws DataException;

    /** The id that fills short rows. */
    int padId();

    /**
     * The token each class stands for at the mask, in label order; null where nothing is predicted
     * at a mask.
     */
    default int[] labelWords() {
        return null;
    }
}
