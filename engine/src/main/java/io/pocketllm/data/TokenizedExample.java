package io.pocketllm.data;

import java.util.List;

/**
 * An example as the rows a model reads.
 *
 * @param rows one for a class head, a label word or generation; one per label, in label order, for
 *     classification by answers
 * @param label index of the class; -1 for generation
 * @param answerText the reference text of generation, else null
 */
public record TokenizedExample(List<TokenRow> rows, int label, String answerText) {

    /** Tokens of the longest row. */
    public int length() {
        return rows.stream().mapToInt(TokenRow::length).max().orElse(0);
    }
}
