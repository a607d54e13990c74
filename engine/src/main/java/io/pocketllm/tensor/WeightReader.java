package io.pocketllm.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a tensor's numbers from a file, a piece at a time. */
final class WeightReader {

    private static final int PIECE_BYTES = 4 << 20;
    private static final float LARGEST_HALF = 65504;

    private WeightReader() {}

    /**
     * Reads into memory of the same format, widened into fp32, or rounded from fp32 to fp16.
     *
     * @param at where the tensor begins in the file, bytes
     * @param stored format and size of what is there; its memory is not touched
     */
    static void read(FileChannel channel, long at, Tensor stored, Tensor target)
            throws IOException {
        boolean same = target.dtype() == stored.dtype();
        boolean narrows = stored.dtype() == DType.F32 && target.dtype() == DType.F16;
        if (!same && !narrows && target.dtype() != DType.F32
                || target.elements() != stored.elements()) {
            throw new IllegalArgumentException(
                    target.name() + ": needs " + stored.elements() + " fp32 numbers");
        }
        long bytes = stored.memory().byteSize();
        if (same) {
            fill(channel, at, target.memory());
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment piece = arena.allocate(Math.min(bytes, PIECE_BYTES), 64);
            int each = stored.dtype().bytes();
            for (long from = 0; from < bytes; from += PIECE_BYTES) {
                MemorySegment part = piece.asSlice(0, Math.min(PIECE_BYTES, bytes - from));
                fill(channel, at + from, part);
                long numbers = part.byteSize() / each;
                Tensor read = new Tensor(stored.name(), stored.dtype(), new long[] {numbers}, part);
                int wanted = target.dtype().bytes();
                Tensor kept =
                        new Tensor(
                                target.name(),
                                target.dtype(),
                                new long[] {numbers},
                                target.memory().asSlice(wanted * (from / each), wanted * numbers));
                if (narrows) {
                    round(read, kept);
                } else {
                    read.widenInto(kept);
                }
            }
        }
    }

    /** To nearest, ties to even; what is beyond the largest half becomes that. */
    private static void round(Tensor wide, Tensor halves) {
        for (long i = 0; i < halves.elements(); i++) {
            float value = wide.get(i);
            halves.set(
                    i,
                    Float.isInfinite(value)
                            ? value
                            : Math.clamp(value, -LARGEST_HALF, LARGEST_HALF));
        }
    }

    private static void fill(FileChannel channel, long at, MemorySegment memory)
            throws IOException {
        for (long from = 0; from < memory.byteSize(); from += PIECE_BYTES) {
            ByteBuffer part =
                    memory.asSlice(from, Math.min(PIECE_BYTES, memory.byteSize() - from))
                            .asByteBuffer();
            while (part.hasRemaining()) {
                if (channel.read(part, at + from + part.position()) < 0) {
                    throw new EOFException("the file ends before the tensor does");
                }
            }
        }
    }
}
