package io.pocketllm.data;

import java.util.BitSet;
import java.util.List;

/**
 * A text, or a pair of them, between the model's own marks and nothing else: what a class head
 * reads. Longer ones are cut from the end, of a pair the longer text first.
 */
public final class TextEncoder implements ExampleEncoder {

    private final TextTokenizer tokenizer;

    /**
     * @param tokenizer has the limit of tokens
     */
    public TextEncoder(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public EncodedExample encode(Example example) {
        String second = example.texts().get(Example.TEXT2);
        PlacedTokens tokens =
                second == null
                        ? tokenizer.encodeWhole(example.text())
                        : tokenizer.encodePair(example.text(), second);
        int[] field = new int[tokens.ids().length];
        for (int i = 0; i < field.length; i++) {
            field[i] = tokens.marks()[i] ? TextCut.FIXED : tokens.sequence()[i];
        }
        // A limit below the model's own marks leaves the marks: nothing else is left to cut.
        BitSet kept = TextCut.FROM_END.kept(field, 2, tokenizer.maxTokens(), 0);
        TokenRow whole = new TokenRow(tokens.ids(), tokens.typeIds(), 0, 0);
        TokenRow row = TokenDropout.kept(whole, kept);
        BitSet textTokens = new BitSet();
        int place = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1), place++) {
            boolean edge = place == 0 || place == row.length() - 1;
            textTokens.set(place, field[i] != TextCut.FIXED && !edge);
        }
        TokenizedExample encoded =
                new TokenizedExample(List.of(row), example.label(), example.answer());
        return new EncodedExample(encoded, List.of(textTokens));
    }

    @Override
    public int padId() {
        return tokenizer.padId();
    }
}
