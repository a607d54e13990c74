package io.pocketllm.data;

/**
 * One row the model reads.
 *
 * @param ids token ids, special tokens included
 * @param typeIds segment of each token; null means all 0
 * @param answerStart first token that is predicted: the mask's place for a label word, the first
 *     token of an answer; equal to {@code answerEnd} where nothing is
 * @param answerEnd one past the last token that is predicted
 */
public record TokenRow(int[] ids, int[] typeIds, int answerStart, int answerEnd) {

    /** Tokens in the row. */
    public int length() {
        return ids.length;
    }
}
