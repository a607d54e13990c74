/**
 * Writes a Hugging Face folder with fewer layers, heads or weights (docs/pruning.md): what is taken
 * away is decided elsewhere. Tensors are streamed; memory does not grow with the model.
 */
package io.pocketllm.model.prune;
