/**
 * Counting the work of an ONNX graph: shapes of every value from those of the inputs, then FLOP and
 * bytes of every node.
 *
 * <p>Hands on {@code WorkCounter}. Part of the room {@code device}; may use {@code onnx}.
 */
package io.pocketllm.device.work;
