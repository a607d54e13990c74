package io.pocketllm.device;

import java.util.Collection;
import java.util.Locale;

/** Finds the word a person most likely meant. */
public final class SimilarWord {

    private SimilarWord() {}

    /** {@code Did you mean "x"? } for the nearest of {@code words}, or nothing if none is near. */
    public static String question(String typed, Collection<String> words) {
        String best = null;
        int bestEdits = Integer.MAX_VALUE;
        for (String word : words) {
            int edits = edits(clip(typed), clip(word));
            if (edits < bestEdits && edits <= Math.max(2, word.length() / 3)) {
                best = word;
                bestEdits = edits;
            }
        }
        return best == null ? "" : "Did you mean \"" + best + "\"? ";
    }

    /** Case does not count, and no name is long: a huge key must not cost minutes. */
    private static String clip(String word) {
        return word.substring(0, Math.min(word.length(), 200)).toLowerCase(Locale.ROOT);
    }

    /** Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
