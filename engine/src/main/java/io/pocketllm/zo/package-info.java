/**
 * Zeroth-order optimisation: noise streams, spaces, directions, estimators, updates, the trajectory
 * log.
 *
 * <p>Hands on {@code ZerothOrderOptimizer}. May use {@code tensor}, {@code onnx}, {@code model},
 * {@code data}, {@code forward} and {@code objective}.
 */
package io.pocketllm.zo;
