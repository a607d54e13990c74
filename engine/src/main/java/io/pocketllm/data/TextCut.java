package io.pocketllm.data;

import java.util.BitSet;

/** Shortens a row to a limit by cutting its texts, the longest first, and nothing else. */
enum TextCut {
    /** The end of a text goes. */
    FROM_END,
    /** The beginning of a text goes: an answer follows from what stands before it. */
    FROM_BEGINNING;

    /** A token that belongs to no text. */
    static final int FIXED = -1;

    /**
     * Which tokens stay.
     *
     * @param field for each token the text it belongs to, from 0, or {@link #FIXED}
     * @param fields how many texts there are
     * @param maxTokens the limit
     * @param least tokens of each text that stay at least, where it has so many
     * @return null where the row is longer than the limit even so; with {@code least} 0, the fixed
     *     tokens stay whatever the limit
     */
    BitSet kept(int[] field, int fields, int maxTokens, int least) {
        int[] left = new int[fields];
        for (int owner : field) {
            if (owner != FIXED) {
                left[owner]++;
            }
        }
        int[] whole = left.clone();
        for (int excess = field.length - maxTokens; excess > 0; excess--) {
            int longest = longest(left);
            if (longest < 0 || left[longest] <= least) {
                if (least == 0) {
                    break;
                }
                return null;
            }
            left[longest]--;
        }
        BitSet kept = new BitSet();
        int[] seen = new int[fields];
        for (int i = 0; i < field.length; i++) {
            if (field[i] == FIXED) {
                kept.set(i);
                continue;
            }
            int owner = field[i];
            int place = seen[owner]++;
            kept.set(
                    i,
                    this == FROM_END ? place < left[owner] : place >= whole[owner] - left[owner]);
        }
        return kept;
    }

    private static int longest(int[] left) {
        int longest = -1;
        for (int i = 0; i < left.length; i++) {
            if (left[i] > 0 && (longest < 0 || left[i] >= left[longest])) {
                longest = i;
            }
        }
        return longest;
    }
}
