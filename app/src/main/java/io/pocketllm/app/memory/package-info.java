/**
 * A plan's memory to look at: a bar of its parts, a table of them, and verdicts in words.
 *
 * <p>A kit room: it knows no feature. Hands on {@link io.pocketllm.app.memory.PartsBar} and {@link
 * io.pocketllm.app.memory.MemoryWords}.
 */
package io.pocketllm.app.memory;
