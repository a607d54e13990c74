package io.pocketllm.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pads rows on the right to the longest of them and notes the places that are predicted. */
final class BatchBuilder {

    private final int padId;
    private final int[] labelWords;
    private final List<TokenizedExample> added = new ArrayList<>();
    private final List<Integer> indices = new ArrayList<>();

    /**
     * @param labelWords the token each class stands for at the mask, or null
     */
    BatchBuilder(int padId, int[] labelWords) {
        this.padId = padId;
        this.labelWords = labelWords;
    }

    void add(int index, TokenizedExample example) {
        indices.add(index);
        added.add(example);
    }

    Batch build() {
        int length = Math.max(1, added.stream().mapToInt(TokenizedExample::length).max().orElse(1));
        int rowsPerExample = added.isEmpty() ? 1 : added.getFirst().rows().size();
        int size = added.size() * rowsPerExample;
        long[] inputIds = new long[size * length];
        long[] mask = new long[size * length];
        long[] typeIds = null;
        Arrays.fill(inputIds, padId);
        int places =
                added.stream()
                        .flatMap(e -> e.rows().stream())
                        .mapToInt(r -> r.answerEnd() - r.answerStart())
                        .sum();
        Answers answers =
                places == 0
                        ? Answers.NONE
                        : new Answers(new long[places], new int[places], new int[places]);
        int place = 0;
        int row = 0;
        for (TokenizedExample example : added) {
            for (TokenRow tokens : example.rows()) {
                int from = row * length;
                for (int i = 0; i < tokens.length(); i++) {
                    inputIds[from + i] = tokens.ids()[i];
                    mask[from + i] = 1;
                }
                if (tokens.typeIds() != null) {
                    typeIds = typeIds == null ? new long[size * length] : typeIds;
                    for (int i = 0; i < tokens.length(); i++) {
                        typeIds[from + i] = tokens.typeIds()[i];
                    }
                }
                for (int t = tokens.answerStart(); t < tokens.answerEnd(); t++, place++) {
                    boolean masked = labelWords != null;
                    answers.positions()[place] = from + (masked ? t : t - 1L);
                    answers.tokens()[place] =
                            masked ? labelWords[example.label()] : tokens.ids()[t];
                    answers.rows()[place] = row;
                }
                row++;
            }
        }
        return new Batch(
                inputIds,
                mask,
                typeIds,
                added.stream().mapToInt(TokenizedExample::label).toArray(),
                indices.stream().mapToInt(Integer::intValue).toArray(),
                size,
                length,
                rowsPerExample,
                answers);
    }
}
