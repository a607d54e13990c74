package io.pocketllm.data;

/**
 * Something about the data that does not stop a run, but that its reader should know.
 *
 * @param message what is so, naming the file and the first line
 * @param hint what to do about it
 */
public record DataWarning(String message, String hint) {}
