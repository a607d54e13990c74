package io.pocketllm.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A template filled with one example, and which stretch of it each piece is: by code points, as the
 * tokenizer library counts.
 *
 * @param text the whole prompt
 * @param ends for each stretch one past its last code point
 * @param owners for each stretch the text it belongs to, from 0, or one of the constants
 * @param texts how many texts there are
 */
record Prompt(String text, List<Integer> ends, List<Integer> owners, int texts) {

    /** The template's words. */
    static final int WORDS = TextCut.FIXED;

    /** The mask's place, or the answer with the blanks before it. */
    static final int PREDICTED = -2;

    /** Puts stretches one after another. */
    private static final class Filler {

        private final StringBuilder text = new StringBuilder();
        private final List<Integer> ends = new ArrayList<>();
        private final List<Integer> owners = new ArrayList<>();
        private int codePoints;

        private void append(String piece, int owner) {
            if (!piece.isEmpty()) {
                text.append(piece);
                codePoints += piece.codePointCount(0, piece.length());
                ends.add(codePoints);
                owners.add(owner);
            }
        }
    }

    /**
     * Fills a template.
     *
     * @param predicted the mask as the vocabulary writes it, or the answer
     */
    static Prompt of(PromptTemplate template, Example example, String predicted) {
        Filler filler = new Filler();
        int texts = 0;
        List<PromptTemplate.Piece> pieces = template.pieces();
        boolean behind = false;
        for (int i = 0; i < pieces.size(); i++) {
            PromptTemplate.Piece next = i + 1 < pieces.size() ? pieces.get(i + 1) : null;
            switch (pieces.get(i)) {
                case PromptTemplate.Words words -> {
                    String text = words.text();
                    String trimmed = withoutBlanks(text);
                    if (next instanceof PromptTemplate.Mask) {
                        // The blank is part of the word that is guessed: " great" is one token.
                        filler.append(trimmed, WORDS);
                    } else if (next instanceof PromptTemplate.Answer) {
                        filler.append(trimmed, WORDS);
                        filler.append(text.substring(trimmed.length()), PREDICTED);
                    } else {
                        filler.append(text, behind ? PREDICTED : WORDS);
                    }
                }
                case PromptTemplate.Text place ->
                        filler.append(place.form().of(example.texts().get(place.name())), texts++);
                case PromptTemplate.Mask mask -> filler.append(predicted, PREDICTED);
                case PromptTemplate.Answer answer -> {
                    filler.append(predicted, PREDICTED);
                    behind = true;
                }
            }
        }
        return new Prompt(filler.text.toString(), filler.ends, filler.owners, texts);
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * The owner of each token: of the stretch its last code point lies in, for a blank in front of
     * a word belongs to the word. A model's own marks belong to the words.
     */
    int[] owners(PlacedTokens tokens) {
        int[] result = new int[tokens.ids().length];
        for (int i = 0; i < result.length; i++) {
            int start = tokens.starts()[i];
            int last = Math.max(start, tokens.ends()[i] - 1);
            result[i] = tokens.marks()[i] || start < 0 ? WORDS : ownerAt(last);
        }
        return result;
    }

    private int ownerAt(int codePoint) {
        for (int i = 0; i < ends.size(); i++) {
            if (codePoint < ends.get(i)) {
                return owners.get(i);
            }
        }
        return owners.getLast();
    }
}
