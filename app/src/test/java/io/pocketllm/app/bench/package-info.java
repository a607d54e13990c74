/**
 * Benchmarks of the real window over made-up runs; {@code docs/benchmarks.md} has the commands.
 *
 * <p>They measure and print. No test: how fast a window is depends on the computer.
 */
package io.pocketllm.app.bench;
