package io.pocketllm.plan;

import io.pocketllm.model.ModelInfo;
import io.pocketllm.tensor.DType;

/**
 * Numbers of a model that memory follows. An ONNX file tells few of them; custom fills the gaps:
 * heads of 64 numbers, and a feed-forward block of four times the hidden size.
 *
 * @param parameters all numbers
 * @param tableNumbers those of the table of words
 * @param linearNumbers those of linear layers between embeddings and hidden states
 * @param largestLinear those of the largest linear layer
 * @param layers attention layers
 * @param storedBytes bytes of a stored number
 * @param querySizes numbers of a token's queries, all layers together
 * @param keyValueSizes the same of its keys
 */
record ModelSizes(
        long parameters,
        long tableNumbers,
        long linearNumbers,
        long largestLinear,
        long layers,
        long hidden,
        long heads,
        long keyValueSize,
        long inner,
        boolean gated,
        long vocabulary,
        int storedBytes,
        long querySizes,
        long keyValueSizes) {

    private static final int USUAL_HEAD = 64;
    private static final int USUAL_INNER = 4;

    static ModelSizes of(ModelInfo info) {
        long hidden = Math.max(1, info.hiddenSize());
        long inner = info.feedForwardSize() > 0 ? info.feedForwardSize() : USUAL_INNER * hidden;
        long heads = info.heads() > 0 ? info.heads() : Math.max(1, hidden / USUAL_HEAD);
        long table = Math.min(info.parameters(), (long) info.vocabularySize() * hidden);
        long attention = info.parametersByPart().getOrDefault("attention", 0L);
        long feedForward = info.parametersByPart().getOrDefault("feed-forward", 0L);
        long linear = attention + feedForward;
        long layers = Math.max(1, info.layers());
        long keyValueSize =
                info.keyValueHeads() > 0 ? (long) info.keyValueHeads() * info.headSize() : hidden;
        boolean pruned = !info.headsByLayer().isEmpty();
        long left = info.headsByLayer().stream().mapToLong(h -> (long) h * info.headSize()).sum();
        boolean gated = info.layers() > 0 && feedForward > 5 * info.layers() * hidden * inner / 2;
        return new ModelSizes(
                info.parameters(),
                table,
                linear > 0 ? linear : info.parameters() - table,
                hidden * inner,
                layers,
                hidden,
                heads,
                keyValueSize,
                inner,
                gated,
                info.vocabularySize(),
                info.dtype() == DType.F32 ? 4 : 2,
                pruned ? left : layers * hidden,
                pruned ? left : layers * keyValueSize);
    }
}
