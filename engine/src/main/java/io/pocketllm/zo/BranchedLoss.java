package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import java.util.function.Supplier;

/**
 * The losses of all of a step's points from one forward pass over copies of the parameters.
 *
 * @param copies for each parameter a tensor of the same name and shape (points, ...), written
 *     before each call
 * @param losses runs the pass: one loss for each copy, nats
 */
public record BranchedLoss(ParameterStore copies, Supplier<double[]> losses) {}
