package io.pocketllm.forward;

import java.util.Objects;

/**
 * How a forward pass runs.
 *
 * @param threads threads of one call
 * @param memory memory against time
 */
public record ForwardOptions(int threads, MemoryProfile memory) {

    /**
     * @throws IllegalArgumentException where there is no thread
     */
    public ForwardOptions {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        Objects.requireNonNull(memory);
    }
}
