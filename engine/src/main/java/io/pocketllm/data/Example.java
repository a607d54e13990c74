package io.pocketllm.data;

/**
 * A labelled text.
 *
 * @param text what was written
 * @param label index of its class
 */
public record Example(String text, int label) {}
