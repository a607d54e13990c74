/**
 * ONNX protobuf: reading graphs, and rewriting them so that weights become inputs and heads and
 * adapters are added.
 *
 * <p>Hands on {@code OnnxGraph}. May use {@code tensor}.
 */
package io.pocketllm.onnx;
