/**
 * The place where all runs are: a table of them, any number laid over each other, notes, deleting.
 *
 * <p>A feature room: it knows neither setup nor train. Hands on {@link
 * io.pocketllm.app.runs.RunsViewModel} and {@link io.pocketllm.app.runs.RunsPage}.
 */
package io.pocketllm.app.runs;
