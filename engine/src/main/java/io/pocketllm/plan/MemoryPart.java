package io.pocketllm.plan;

/**
 * One reason for memory.
 *
 * @param name for people
 * @param bytes what it adds to the resident set
 */
public record MemoryPart(String name, long bytes) {}
