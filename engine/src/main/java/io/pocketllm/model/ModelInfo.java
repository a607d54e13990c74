package io.pocketllm.model;

import io.pocketllm.tensor.DType;
import java.util.List;
import java.util.Map;

/**
 * What a model is made of. Sizes that an ONNX file does not tell are 0.
 *
 * @param architecture {@code model_type} of its config.json, or {@code onnx}
 * @param kind whether a token sees the whole text or only what is before it
 * @param layers attention layers a token passes through; a layer that is used twice counts twice
 * @param hiddenSize numbers a token has between layers
 * @param stateSize numbers of a token's last hidden state; differs from {@code hiddenSize} only
 *     where a projection follows the last layer
 * @param heads attention heads of queries; the most of any layer where some were pruned
 * @param keyValueHeads attention heads of keys and values
 * @param headSize numbers of one head
 * @param feedForwardSize numbers inside a feed-forward block
 * @param vocabularySize rows of the token embedding
 * @param contextLength most tokens a text may have
 * @param dtype how most of its weights are stored
 * @param parameters how many numbers its weights hold, each tensor counted once
 * @param tied groups of published names that are one tensor, the stored one first
 * @param parametersByPart parameters of embeddings, attention, feed-forward, norms and head, in
 *     that order; they add up to {@code parameters}
 * @param hasVocabularyHead whether it can score words
 * @param hasTokenTypes whether its graph takes {@code token_type_ids}
 * @param hasPositionIds whether its graph takes {@code position_ids}
 * @param takesPrefix whether {@link GraphOptions#prefixTokens} may be above 0
 * @param headsByLayer heads of each layer where some were pruned; empty where all have {@code
 *     heads}
 */
public record ModelInfo(
        String architecture,
        Kind kind,
        int layers,
        int hiddenSize,
        int stateSize,
        int heads,
        int keyValueHeads,
        int headSize,
        int feedForwardSize,
        int vocabularySize,
        int contextLength,
        DType dtype,
        long parameters,
        List<List<String>> tied,
        Map<String, Long> parametersByPart,
        boolean hasVocabularyHead,
        boolean hasTokenTypes,
        boolean hasPositionIds,
        boolean takesPrefix,
        List<Integer> headsByLayer) {

    /** One whose layers all have the same heads. */
    public ModelInfo(
            String architecture,
            Kind kind,
            int layers,
            int hiddenSize,
            int stateSize,
            int heads,
            int keyValueHeads,
            int headSize,
            int feedForwardSize,
            int vocabularySize,
            int contextLength,
            DType dtype,
            long parameters,
            List<List<String>> tied,
            Map<String, Long> parametersByPart,
            boolean hasVocabularyHead,
            boolean hasTokenTypes,
            boolean hasPositionIds,
            boolean takesPrefix) {
        this(
                architecture,
                kind,
                layers,
                hiddenSize,
                stateSize,
                heads,
                keyValueHeads,
                headSize,
                feedForwardSize,
                vocabularySize,
                contextLength,
                dtype,
                parameters,
                tied,
                parametersByPart,
                hasVocabularyHead,
                hasTokenTypes,
                hasPositionIds,
                takesPrefix,
                List.of());
    }

    /** Which tokens a token sees. */
    public enum Kind {
        /** All of the text. */
        ENCODER,
        /** Itself and what is before it. */
        DECODER
    }
}
