package io.pocketllm.data;

import java.util.Arrays;
import java.util.BitSet;

/** What prompts with a mask and prompts with an answer share. */
final class PromptRows {

    private PromptRows() {}

    /** Places, in a row of the kept tokens only, of those that belong to a text. */
    static BitSet textTokens(int[] field, BitSet kept) {
        BitSet textTokens = new BitSet();
        int place = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1), place++) {
            textTokens.set(place, field[i] != TextCut.FIXED);
        }
        return textTokens;
    }

    static DataException tooLong(int[] field, String what, int maxTokens) {
        long fixed = Arrays.stream(field).filter(owner -> owner == TextCut.FIXED).count();
        return new DataException(
                what
                        + " alone takes "
                        + fixed
                        + " tokens and leaves no room for the text within data.maxTokens = "
                        + maxTokens,
                "Raise data.maxTokens, or shorten the template.");
    }
}
