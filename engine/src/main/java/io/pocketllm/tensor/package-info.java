/**
 * Named tensors in memory outside the Java heap, and safetensors files.
 *
 * <p>Hands on {@code ParameterStore}. The lowest room: it knows no other.
 */
package io.pocketllm.tensor;
