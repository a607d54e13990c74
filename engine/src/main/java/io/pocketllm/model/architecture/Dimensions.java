package io.pocketllm.model.architecture;

import io.pocketllm.model.ModelInfo;
import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

    /**
     * These sizes with what the parameters tell.
     *
     * @param dtype how most parameters are stored
     * @param head whether words can be scored
     * @param inputs the forward graph's data inputs
     */
    ModelInfo info(
            String type,
            DType dtype,
            long parameters,
            List<List<String>> tied,
            Map<String, Long> parametersByPart,
            boolean head,
            List<String> inputs) {
        List<Integer> byLayer =
                pruned.isEmpty()
                        ? List.of()
                        : IntStream.range(0, layers).mapToObj(this::heads).toList();
        int most = byLayer.stream().mapToInt(h -> h).max().orElse(heads);
        return new ModelInfo(
                type,
                kind,
                layers,
                hidden,
                state,
                most,
                byLayer.isEmpty() ? keyValueHeads : most,
                headSize,
                inner,
                vocabulary,
                context,
                dtype,
                parameters,
                tied,
                parametersByPart,
                head,
                inputs.contains("token_type_ids"),
                inputs.contains("position_ids"),
                true,
                byLayer);
    }
}
