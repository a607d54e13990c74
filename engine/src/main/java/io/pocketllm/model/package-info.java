/**
 * From a model file to a forward graph and its parameters.
 *
 * <p>Hands on {@code LanguageModel}. May use {@code tensor} and {@code onnx}.
 */
package io.pocketllm.model;
