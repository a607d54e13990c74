package io.pocketllm.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tokenised examples of one forward pass, padded on the right to the longest row.
 *
 * @param inputIds shape (size, length), row-major; padding is the tokenizer's pad id
 * @param attentionMask the same shape: 1 for a token, 0 for padding
 * @param tokenTypeIds the same shape: a token's segment; null means all 0
 * @param labels class of each example; -1 where there are no classes
 * @param examples index of each example in its split
 * @param size rows: examples times {@code rowsPerExample}
 * @param length tokens a row, padding included
 * @param rowsPerExample rows of each example, one after another
 * @param answers the predictions that count; {@link Answers#NONE} for a class head
 */
public record Batch(
        long[] inputIds,
        long[] attentionMask,
        long[] tokenTypeIds,
        int[] labels,
        int[] examples,
        int size,
        int length,
        int rowsPerExample,
        Answers answers) {

    /** One row an example, one segment, nothing to predict token by token. */
    public Batch(
            long[] inputIds,
            long[] attentionMask,
            int[] labels,
            int[] examples,
            int size,
            int length) {
        this(inputIds, attentionMask, null, labels, examples, size, length, 1, Answers.NONE);
    }

    /**
     * The batch cut into batches of at most so many examples, in order. Rows keep their length, so
     * that outputs of one piece have the shape of another's.
     *
     * @param most examples of a piece, 1 or more
     */
    public List<Batch> pieces(int most) {
        List<Batch> pieces = new ArrayList<>();
        for (int from = 0; from < examples.length; from += most) {
            pieces.add(piece(from, Math.min(examples.length, from + most)));
        }
        return pieces;
    }

    private Batch piece(int from, int to) {
        int first = from * rowsPerExample;
        int end = to * rowsPerExample;
        return new Batch(
                Arrays.copyOfRange(inputIds, first * length, end * length),
                Arrays.copyOfRange(attentionMask, first * length, end * length),
                tokenTypeIds == null
                        ? null
                        : Arrays.copyOfRange(tokenTypeIds, first * length, end * length),
                Arrays.copyOfRange(labels, from, to),
                Arrays.copyOfRange(examples, from, to),
                end - first,
                length,
                rowsPerExample,
                answers.ofRows(first, end, length));
    }

    /** Tokens, padding not counted. */
    public int tokens() {
        int count = 0;
        for (long bit : attentionMask) {
            count += (int) bit;
        }
        return count;
    }
}
