package io.pocketllm.device;

/** Kinds of work that a phone does at different speeds. */
public enum OperationKind {
    /** Activations times a weight matrix. */
    MATMUL,
    /** Products of two activations: attention scores and their weighted sums. Small and batched. */
    ATTENTION,
    /** One result for each element: sums, GELU, copies into another order. */
    ELEMENTWISE,
    /** Layer normalisation: a statistic over a row, then each element. */
    NORMALIZATION,
    /** Softmax: the largest of a row, exponentials, their sum, and a division. */
    SOFTMAX,
    /** Rows taken out of a table, such as token embeddings. */
    GATHER,
    /**
     * A weight brought into the matrix kernel's own order, at every call: the price of weights that
     * are graph inputs.
     */
    PACKING,
    /** Random numbers drawn for a direction. */
    NOISE,
    /** The trained weights read, changed and written. */
    WEIGHT_PASS
}
