package io.pocketllm.app.dialog;

/**
 * Something that went wrong and that no place of the window says by itself.
 *
 * @param title one line
 * @param what what happened
 * @param toDo what a person can do about it
 * @param report for a bug tracker, without personal paths
 */
public record Problem(String title, String what, String toDo, String report) {}
