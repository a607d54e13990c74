package io.pocketllm.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The places of a batch whose prediction counts, over all rows in order. An answer's token at place
 * t of a row is predicted by the hidden state at t - 1; a mask is predicted at its own place.
 *
 * @param positions flat index row · length + place of the hidden state that predicts
 * @param tokens the token id to predict there; for a label word the word of the right label
 * @param rows the row of each
 */
public record Answers(long[] positions, int[] tokens, int[] rows) {

    /** Where nothing is predicted token by token: a class head. */
    public static final Answers NONE = new Answers(new long[0], new int[0], new int[0]);

    /** Those of rows [from, to), counted from the first of them. */
    Answers ofRows(int from, int to, int length) {
        int[] kept =
                IntStream.range(0, rows.length)
                        .filter(i -> rows[i] >= from && rows[i] < to)
                        .toArray();
        return new Answers(
                Arrays.stream(kept).mapToLong(i -> positions[i] - (long) from * length).toArray(),
                Arrays.stream(kept).map(i -> tokens[i]).toArray(),
                Arrays.stream(kept).map(i -> rows[i] - from).toArray());
    }

    /** How many predictions count. */
    public int size() {
        return tokens.length;
    }
}
