/**
 * Sweeps: a run file and lists of values for its keys, every combination an ordinary run folder.
 *
 * <p>Hands on {@code SweepFile}, {@code Sweep} and {@code SweepResults}.
 */
package io.pocketllm.run.sweep;
