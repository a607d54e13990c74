/**
 * Frozen weights in fewer bits: the kernels that convert them, the file in the cache that keeps
 * them, and the operators that read them. The mathematics: docs/quantisation.md.
 *
 * <p>Part of the room {@code model}.
 */
package io.pocketllm.model.base;
