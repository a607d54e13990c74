/**
 * Sweeps in the window: a new one out of the run that is set up, one that goes on, and what one has
 * found.
 */
package io.pocketllm.app.sweep;
