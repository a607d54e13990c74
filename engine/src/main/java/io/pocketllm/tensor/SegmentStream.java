package io.pocketllm.tensor;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The bytes of native memory as a stream, without a copy of the whole. */
final class SegmentStream extends InputStream {

    private final MemorySegment memory;
    private long at;

    SegmentStream(MemorySegment memory) {
        this.memory = memory;
    }

    @Override
    public int read() {
        return at == memory.byteSize() ? -1 : memory.get(ValueLayout.JAVA_BYTE, at++) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, memory.byteSize() - at);
        if (count == 0) {
            return -1;
        }
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at, target, offset, count);
        at += count;
        return count;
    }
}
