package io.pocketllm.model.base;

/**
 * A weight that can be kept in another format.
 *
 * @param name published name
 * @param inSize numbers in a row of the layer's input
 * @param outSize outputs of a linear layer, or rows of a table
 * @param outputsFirst whether it is stored as (out, in) rather than (in, out)
 * @param table whether single rows are looked up
 */
public record Matrix(String name, int inSize, int outSize, boolean outputsFirst, boolean table) {

    /** A linear layer's weight. */
    public static Matrix linear(String name, int inSize, int outSize, boolean outputsFirst) {
        return new Matrix(name, inSize, outSize, outputsFirst, false);
    }

    /** A table of {@code rows} rows that may also score words. */
    public static Matrix table(String name, int rows, int size) {
        return new Matrix(name, size, rows, true, true);
    }

    /** The same numbers in the order they are stored in, whatever they mean. */
    Matrix rowMajor() {
        return outputsFirst ? this : new Matrix(name, outSize, inSize, true, table);
    }
}
