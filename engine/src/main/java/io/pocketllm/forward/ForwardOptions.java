package io.pocketllm.forward;

import java.util.Objects;

/**
 * How a forward pass runs.
 *
 * @param threads threads of one call
 * @param memory memory against time
 * @param microBatch examples that are computed at once: a larger batch runs in pieces, whose
 *     outputs are put together again; 0 for the whole batch
 */
public record ForwardOptions(int threads, MemoryProfile memory, int microBatch) {

    /**
     * @throws IllegalArgumentException where there is no thread or the piece is negative
     */
    public ForwardOptions {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        if (microBatch < 0) {
            throw new IllegalArgumentException("pieces of " + microBatch + " examples");
        }
        Objects.requireNonNull(memory);
    }

    /** Whole batches. */
    public ForwardOptions(int threads, MemoryProfile memory) {
        this(threads, memory, 0);
    }

    /** The same with each batch in one piece. */
    public ForwardOptions whole() {
        return new ForwardOptions(threads, memory);
    }
}
