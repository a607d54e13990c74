package io.pocketllm.run.sweep;

/**
 * A key of the run file and the values it takes.
 *
 * @param key dotted path such as {@code method.learningRate}
 */
public record Parameter(String key, Values values) {

    /** The key of batches and noise: runs that differ in nothing else are repetitions. */
    public static final String SEED = "seed";
}
