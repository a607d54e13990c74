package io.pocketllm.run;

import io.pocketllm.zo.LearningRateSchedule;
import io.pocketllm.zo.MethodSpec;
import java.util.Map;

/**
 * All that decides a run's result, as read and checked by {@link RunFile}.
 *
 * @param name what people call the run
 * @param labels class name to its description in words, in the order of the logits
 * @param logitScale factor on the cosine between a pooled text and a class vector, so that the
 *     softmax is neither flat nor hard
 * @param seed decides batches and noise
 */
public record RunSpec(
        int version,
        String name,
        Model model,
        Data data,
        Objective objective,
        MethodSpec method,
        Training training,
        Device device,
        long seed) {

    /**
     * @param path an ONNX file, or {@code builtin:NAME}
     */
    public record Model(String path) {}

    /**
     * @param path a folder with train.tsv, validation.tsv and test.tsv, or {@code builtin:NAME}
     * @param maxTokens texts are cut to this many tokens
     * @param tokenDropout chance of each training token to be left out, anew at each reading; 0 for
     *     none
     */
    public record Data(String path, int maxTokens, double tokenDropout) {}

    /**
     * @param kind the only kind so far is {@code class-head}
     * @param labels class name to its description, in the order of the logits
     * @param logitScale factor on the cosine between text and class vector
     */
    public record Objective(String kind, Map<String, String> labels, double logitScale) {}

    /**
     * @param steps optimiser steps
     * @param batchSize examples a step
     * @param evaluateEvery held-out evaluation every this many steps; step 0 and the last always
     * @param reference whether to measure a first-order head on the same frozen features, to show
     *     beside the run
     * @param noiseThreads threads that draw noise; the result does not depend on it
     * @param schedule how the step size changes over the run
     */
    public record Training(
            int steps,
            int batchSize,
            int evaluateEvery,
            boolean reference,
            int noiseThreads,
            LearningRateSchedule schedule) {}

    /**
     * @param profile a device id, a profile file, or {@code none} for no limits
     * @param budgetBytes memory limit, or null for the profile's own
     * @param threads threads of the forward passes, or null for the profile's own
     */
    public record Device(String profile, Long budgetBytes, Integer threads) {}
}
