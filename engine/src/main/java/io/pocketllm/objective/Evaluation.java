package io.pocketllm.objective;

/**
 * How well a model does on a split.
 *
 * @param loss mean loss, nats
 * @param accuracy share of right answers, 0 to 1
 * @param examples how many were asked
 */
public record Evaluation(double loss, double accuracy, int examples) {}
