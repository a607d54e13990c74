package io.pocketllm.model.base;

import io.pocketllm.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Four or eight bits with one scale for each block of an output's inputs. A code means {@code w =
 * (q − zero) · scale}; {@code q} is rounded to nearest, ties to even, so {@code |w − ŵ| ≤ scale /
 * 2}.
 *
 * <ul>
 *   <li>Eight bits, symmetric: {@code scale = max |w| / 127}, zero = 128.
 *   <li>Four bits, asymmetric: {@code scale = (max(w, 0) − min(w, 0)) / 15}, {@code zero =
 *       round(−min(w, 0) / scale)}. Zero itself is kept exactly.
 * </ul>
 *
 * <p>A block of zeros has scale 0. The last block of an output whose inputs do not fill it is
 * filled up with codes for zero. Two four-bit codes share a byte, the first in its lower half. This
 * is how {@code MatMulNBits} and {@code GatherBlockQuantized} read it.
 */
final class BlockKernel implements Kernel {

    private final int bits;
    private final int blockSize;

    BlockKernel(int bits, int blockSize) {
        this.bits = bits;
        this.blockSize = blockSize;
    }

    private int blocks(int inputs) {
        return (inputs + blockSize - 1) / blockSize;
    }

    private int bytesPerBlock() {
        return blockSize * bits / 8;
    }

    @Override
    public List<Part> parts(Matrix matrix) {
        int blocks = blocks(matrix.inSize());
        long outputs = matrix.outSize();
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Part(
                        "",
                        DType.U8,
                        new long[] {outputs, blocks, bytesPerBlock()},
                        blocks * bytesPerBlock(),
                        false));
        parts.add(
                new Part(
                        BaseFile.SCALES,
                        DType.F32,
                        new long[] {outputs, blocks},
                        Float.BYTES * blocks,
                        false));
        if (bits == 4) {
            int bytes = (blocks + 1) / 2;
            parts.add(
                    new Part(
                            BaseFile.ZERO_POINTS,
                            DType.U8,
                            new long[] {outputs, bytes},
                            bytes,
                            false));
        }
        return parts;
    }

    @Override
    public void convert(
            float[] weights,
            int from,
            int inputs,
            int output,
            int outputs,
            MemorySegment[] buffers) {
        int blocks = blocks(inputs);
        int zeros = 0;
        for (int block = 0; block < blocks; block++) {
            int start = from + block * blockSize;
            int length = Math.min(blockSize, from + inputs - start);
            long index = (long) output * blocks + block;
            long code = index * bytesPerBlock();
            if (bits == 8) {
                eight(weights, start, length, index, code, buffers);
                continue;
            }
            int zero = four(weights, start, length, index, code, buffers);
            zeros = (block & 1) == 0 ? zero : zeros | zero << 4;
            if ((block & 1) == 1 || block == blocks - 1) {
                long at = (long) output * ((blocks + 1) / 2) + block / 2;
                buffers[2].set(ValueLayout.JAVA_BYTE, at, (byte) zeros);
            }
        }
    }

    private void eight(
            float[] weights, int start, int length, long index, long at, MemorySegment[] buffers) {
        float scale = Kernel.largest(weights, start, start + length) / 127;
        boolean zero = scale < Float.MIN_NORMAL;
        buffers[1].setAtIndex(ValueLayout.JAVA_FLOAT, index, zero ? 0 : scale);
        for (int i = 0; i < blockSize; i++) {
            int q = zero || i >= length ? 0 : (int) Kernel.round(weights[start + i] / scale);
            buffers[0].set(ValueLayout.JAVA_BYTE, at + i, (byte) (q + 128));
        }
    }

    /** Returns the zero point. */
    private int four(
            float[] weights, int start, int length, long index, long at, MemorySegment[] buffers) {
        Kernel.largest(weights, start, start + length);
        float lowest = 0;
        float highest = 0;
        for (int i = start; i < start + length; i++) {
            lowest = Math.min(lowest, weights[i]);
            highest = Math.max(highest, weights[i]);
        }
        // Halved first: the difference of two large numbers may not fit.
        float scale = (highest / 2 - lowest / 2) / 7.5f;
        boolean flat = scale < Float.MIN_NORMAL;
        int zero = flat ? 8 : (int) Kernel.round(-lowest / scale);
        buffers[1].setAtIndex(ValueLayout.JAVA_FLOAT, index, flat ? 0 : scale);
        for (int i = 0; i < blockSize; i += 2) {
            int low = flat ? zero : code(weights, start + i, i < length, scale, zero);
            int high = flat ? zero : code(weights, start + i + 1, i + 1 < length, scale, zero);
            buffers[0].set(ValueLayout.JAVA_BYTE, at + i / 2, (byte) (low | high << 4));
        }
        return zero;
    }

    private static int code(float[] weights, int i, boolean there, float scale, int zero) {
        int q = there ? zero + (int) Kernel.round(weights[i] / scale) : zero;
        return Math.clamp(q, 0, 15);
    }
}
