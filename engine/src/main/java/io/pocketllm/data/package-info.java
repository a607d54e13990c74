/**
 * From files to examples to tokens to padded batches.
 *
 * <p>Hands on {@code Batch}. May use {@code model} and the rooms above it.
 */
package io.pocketllm.data;
