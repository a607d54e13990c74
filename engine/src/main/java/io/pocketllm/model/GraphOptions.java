package io.pocketllm.model;

import io.pocketllm.model.base.BaseWeights;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a forward graph is built for.
 *
 * @param prefixTokens trainable key and value rows that every attention layer sees in front of the
 *     text (prefix tuning, arXiv 2101.00190); 0 for none
 * @param fedAsFp32 true for the name of a weight that the caller will feed as fp32 whatever the
 *     format of the others, because training moves it
 * @param base the format of the frozen weights; empty for as stored
 * @param trainedScales true for the name of a quantised matrix whose scales the caller will feed,
 *     because training moves them (QZO, arXiv 2505.13430)
 * @param masked whether the caller will feed {@link PruningMasks}, which take heads and layers away
 */
public record GraphOptions(
        int prefixTokens,
        Predicate<String> fedAsFp32,
        Optional<BaseWeights> base,
        Predicate<String> trainedScales,
        boolean masked) {

    /** The model as it is. */
    public static final GraphOptions PLAIN =
            new GraphOptions(0, name -> false, Optional.empty(), name -> false, false);

    /**
     * @throws IllegalArgumentException where the number of prefix tokens is negative
     */
    public GraphOptions {
        if (prefixTokens < 0) {
            throw new IllegalArgumentException(prefixTokens + " prefix tokens");
        }
        Objects.requireNonNull(fedAsFp32);
        Objects.requireNonNull(base);
        Objects.requireNonNull(trainedScales);
    }

    /** The same with so many prefix tokens. */
    public GraphOptions withPrefixTokens(int tokens) {
        return new GraphOptions(tokens, fedAsFp32, base, trainedScales, masked);
    }

    /** The same with these weights fed as fp32. */
    public GraphOptions withFp32(Predicate<String> names) {
        return new GraphOptions(prefixTokens, names, base, trainedScales, masked);
    }

    /**
     * The same over frozen weights in another format, from {@link LanguageModel#base}. Weights that
     * are fed as fp32 are not frozen and keep out of it.
     */
    public GraphOptions withBase(BaseWeights weights) {
        return new GraphOptions(
                prefixTokens, fedAsFp32, Optional.of(weights), trainedScales, masked);
    }

    /** The same with the scales of these quantised matrices fed by the caller. */
    public GraphOptions withTrainedScales(Predicate<String> matrices) {
        return new GraphOptions(prefixTokens, fedAsFp32, base, matrices, masked);
    }

    /** The same with heads and layers that the caller can take away and put back. */
    public GraphOptions withMasks() {
        return new GraphOptions(prefixTokens, fedAsFp32, base, trainedScales, true);
    }
}
