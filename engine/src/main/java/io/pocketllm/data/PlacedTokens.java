package io.pocketllm.data;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.jni.CharSpan;

/**
 * Tokens of a whole text and where each of them comes from.
 *
 * @param ids token ids, with the model's own marks
 * @param typeIds segments; null where all are 0
 * @param marks true for a token that no text gave: [CLS], &lt;s&gt; and the like
 * @param sequence 0 for tokens of the first text, 1 for the second's
 * @param starts first code point of the text that a token covers; -1 where that is not known
 * @param ends one past its last code point
 */
record PlacedTokens(
        int[] ids, int[] typeIds, boolean[] marks, int[] sequence, int[] starts, int[] ends) {

    static PlacedTokens of(Encoding encoding) {
        int[] ids = TextTokenizer.ints(encoding.getIds());
        int[] typeIds = TextTokenizer.ints(encoding.getTypeIds());
        boolean segments = false;
        boolean[] marks = new boolean[ids.length];
        int[] sequence = new int[ids.length];
        int[] starts = new int[ids.length];
        int[] ends = new int[ids.length];
        CharSpan[] spans = encoding.getCharTokenSpans();
        for (int i = 0; i < ids.length; i++) {
            segments |= typeIds[i] != 0;
            marks[i] = encoding.getSpecialTokenMask()[i] != 0;
            sequence[i] = encoding.getSequenceIds()[i] == 1 ? 1 : 0;
            starts[i] = spans[i] == null ? -1 : spans[i].getStart();
            ends[i] = spans[i] == null ? -1 : spans[i].getEnd();
        }
        return new PlacedTokens(ids, segments ? typeIds : null, marks, sequence, starts, ends);
    }
}
