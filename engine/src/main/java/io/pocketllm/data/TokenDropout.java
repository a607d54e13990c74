package io.pocketllm.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Leaves tokens of texts out by chance. All rows of an example lose the same ones, or its answers
 * would be weighed on different texts.
 */
final class TokenDropout {

    private final double dropout;
    private final SplittableRandom random;

    TokenDropout(double dropout, long seed) {
        this.dropout = dropout;
        this.random = new SplittableRandom(seed);
    }

    TokenizedExample thinned(EncodedExample encoded) {
        TokenizedExample example = encoded.example();
        BitSet dropped = new BitSet();
        // A draw for each token of the first row, also for those that stay: which draw decides on a
        // token depends on its place alone.
        int text = 0;
        BitSet textTokens = encoded.textTokens().getFirst();
        for (int i = 0; i < example.rows().getFirst().length(); i++) {
            boolean drop = random.nextDouble() < dropout;
            if (textTokens.get(i)) {
                dropped.set(text++, drop);
            }
        }
        List<TokenRow> rows = new ArrayList<>();
        for (int row = 0; row < example.rows().size(); row++) {
            rows.add(thinned(example.rows().get(row), encoded.textTokens().get(row), dropped));
        }
        return new TokenizedExample(rows, example.label(), example.answerText());
    }

    private static TokenRow thinned(TokenRow row, BitSet textTokens, BitSet dropped) {
        BitSet kept = new BitSet();
        int text = 0;
        for (int i = 0; i < row.length(); i++) {
            kept.set(i, !textTokens.get(i) || !dropped.get(text++));
        }
        return kept(row, kept);
    }

    /** A row of only these places; what is predicted has to be among them. */
    static TokenRow kept(TokenRow row, BitSet kept) {
        int[] places = kept.stream().filter(i -> i < row.length()).toArray();
        int[] ids = new int[places.length];
        int[] typeIds = row.typeIds() == null ? null : new int[places.length];
        for (int i = 0; i < places.length; i++) {
            ids[i] = row.ids()[places[i]];
            if (typeIds != null) {
                typeIds[i] = row.typeIds()[places[i]];
            }
        }
        int start = kept.get(0, row.answerStart()).cardinality();
        return new TokenRow(ids, typeIds, start, start + row.answerEnd() - row.answerStart());
    }
}
