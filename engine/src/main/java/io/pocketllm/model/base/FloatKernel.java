package io.pocketllm.model.base;

import io.pocketllm.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Single or half precision, in the order of the checkpoint. Halves are rounded to nearest, ties to
 * even; numbers beyond ±65504 become that.
 */
final class FloatKernel implements Kernel {

    private static final float LARGEST_HALF = 65504;

    private final DType dtype;

    FloatKernel(DType dtype) {
        this.dtype = dtype;
    }

    @Override
    public List<Part> parts(Matrix matrix) {
        long[] shape = {matrix.outSize(), matrix.inSize()};
        return List.of(new Part("", dtype, shape, dtype.bytes() * matrix.inSize(), false));
    }

    @Override
    public void convert(
            float[] weights,
            int from,
            int inputs,
            int output,
            int outputs,
            MemorySegment[] buffers) {
        Kernel.largest(weights, from, from + inputs);
        long at = (long) output * inputs;
        for (int i = 0; i < inputs; i++) {
            float weight = weights[from + i];
            if (dtype == DType.F32) {
                buffers[0].setAtIndex(ValueLayout.JAVA_FLOAT, at + i, weight);
            } else {
                short half = Float.floatToFloat16(Math.clamp(weight, -LARGEST_HALF, LARGEST_HALF));
                buffers[0].setAtIndex(ValueLayout.JAVA_SHORT, at + i, half);
            }
        }
    }
}
