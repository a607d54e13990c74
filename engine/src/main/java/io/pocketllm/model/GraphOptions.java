package io.pocketllm.model;

import java.util.Objects;
import java.util.function.Predicate;

/**
 * What a forward graph is built for.
 *
 * @param prefixTokens trainable key and value rows that every attention layer sees in front of the
 *     text (prefix tuning, arXiv 2101.00190); 0 for none
 * @param fedAsFp32 true for the name of a weight that the caller will feed as fp32 although the
 *     checkpoint stores it in half precision, because training moves it
 */
public record GraphOptions(int prefixTokens, Predicate<String> fedAsFp32) {

    /** The model as it is. */
    public static final GraphOptions PLAIN = new GraphOptions(0, name -> false);

    /**
     * @throws IllegalArgumentException where the number of prefix tokens is negative
     */
    public GraphOptions {
        if (prefixTokens < 0) {
            throw new IllegalArgumentException(prefixTokens + " prefix tokens");
        }
        Objects.requireNonNull(fedAsFp32);
    }

    /** The same with so many prefix tokens. */
    public GraphOptions withPrefixTokens(int tokens) {
        return new GraphOptions(tokens, fedAsFp32);
    }

    /** The same with these weights fed as fp32. */
    public GraphOptions withFp32(Predicate<String> names) {
        return new GraphOptions(prefixTokens, names);
    }
}
