package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelInfo.Kind;

/**
 * Sizes of an architecture; see {@link io.pocketllm.model.ModelInfo}.
 *
 * @param hidden numbers a token has between layers
 * @param state numbers of its last hidden state
 * @param heads heads of a layer that lost none
 * @param inner numbers inside a feed-forward block
 * @param pruned the heads that layers lost
 */
record Dimensions(
        Kind kind,
        int layers,
        int hidden,
        int state,
        int heads,
        int keyValueHeads,
        int headSize,
        int inner,
        int vocabulary,
        int context,
        PrunedHeads pruned) {

    /** Most layers a configuration may ask for. */
    static final int MAX_LAYERS = 1000;

    /** Largest hidden size, inner size or number of heads. */
    static final int MAX_SIZE = 1 << 17;

    /** Largest head whose size a configuration may give apart; all heads together fit 31 bits. */
    static final int MAX_HEAD_SIZE = 1 << 13;

    /** Largest vocabulary and context. */
    static final int MAX_COUNT = 1 << 24;

    /** One head of keys and values for each of queries; nothing follows the last layer. */
    static Dimensions plain(
            Kind kind,
            int layers,
            int hidden,
            int heads,
            int inner,
            int vocabulary,
            int context,
            PrunedHeads pruned) {
        return new Dimensions(
                kind,
                layers,
                hidden,
                hidden,
                heads,
                heads,
                hidden / heads,
                inner,
                vocabulary,
                context,
                pruned);
    }

    /** Heads of queries that a layer has left. */
    int heads(int layer) {
        return heads - pruned.in(layer).size();
    }

    /** Heads of keys and values that a layer has left. */
    int keyValueHeads(int layer) {
        return pruned.isEmpty() ? keyValueHeads : heads(layer);
    }

    int querySize(int layer) {
        return heads(layer) * headSize;
    }

    int keyValueSize(int layer) {
        return keyValueHeads(layer) * headSize;
    }
}
