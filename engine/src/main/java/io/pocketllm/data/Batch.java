package io.pocketllm.data;

/**
 * Tokenised examples of one forward pass, padded to the longest of them.
 *
 * @param inputIds shape (size, length), row-major; padding is the tokenizer's pad id
 * @param attentionMask the same shape: 1 for a token, 0 for padding
 * @param labels class of each row
 * @param examples index of each row's example in its split
 * @param size rows
 * @param length tokens a row, padding included
 */
public record Batch(
        long[] inputIds, long[] attentionMask, int[] labels, int[] examples, int size, int length) {

    /** Tokens, padding not counted. */
    public int tokens() {
        int count = 0;
        for (long bit : attentionMask) {
            count += (int) bit;
        }
        return count;
    }
}
