package io.pocketllm.forward;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory for fp32 numbers that is used again and again, and grows to the most that was asked for.
 */
final class Scratch implements AutoCloseable {

    private static final long ALIGNMENT_BYTES = 64;

    private Arena arena = Arena.ofShared();
    private MemorySegment memory = MemorySegment.NULL;
    private long used;

    /** Makes room for so many numbers in pieces; what was taken before is given back. */
    void prepare(long numbers, int pieces) {
        used = 0;
        long bytes = 4 * numbers + pieces * ALIGNMENT_BYTES;
        if (memory.byteSize() < bytes) {
            arena.close();
            arena = Arena.ofShared();
            memory = arena.allocate(bytes, ALIGNMENT_BYTES);
        }
    }

    /** The next piece, of any values. */
    MemorySegment take(long numbers) {
        MemorySegment piece = memory.asSlice(used, 4 * numbers);
        used += (4 * numbers + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
        return piece;
    }

    @Override
    public void close() {
        arena.close();
    }
}
