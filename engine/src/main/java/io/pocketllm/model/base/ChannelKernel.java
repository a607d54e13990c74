package io.pocketllm.model.base;

import io.pocketllm.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Eight bits with one scale for each output, symmetric: {@code scale = max |w| / 127}, {@code q =
 * round(w / scale)} to nearest, ties to even, so q lies in −127 … 127 and {@code |w − q · scale| ≤
 * scale / 2}. An output whose weights are all zero has scale 0. Stored as (in, out), which is how
 * {@code DynamicQuantizeMatMul} reads it.
 */
final class ChannelKernel implements Kernel {

    private static final int LEVELS = 127;

    @Override
    public List<Part> parts(Matrix matrix) {
        return List.of(
                new Part(
                        "",
                        DType.I8,
                        new long[] {matrix.inSize(), matrix.outSize()},
                        matrix.inSize(),
                        true),
                new Part(
                        BaseFile.SCALES,
                        DType.F32,
                        new long[] {matrix.outSize()},
                        Float.BYTES,
                        false));
    }

    @Override
    public void convert(
            float[] weights,
            int from,
            int inputs,
            int output,
            int outputs,
            MemorySegment[] buffers) {
        float scale = Kernel.largest(weights, from, from + inputs) / LEVELS;
        boolean zero = scale < Float.MIN_NORMAL;
        buffers[1].setAtIndex(ValueLayout.JAVA_FLOAT, output, zero ? 0 : scale);
        for (int i = 0; i < inputs; i++) {
            int q = zero ? 0 : (int) Kernel.round(weights[from + i] / scale);
            buffers[0].set(ValueLayout.JAVA_BYTE, (long) i * outputs + output, (byte) q);
        }
    }
}
