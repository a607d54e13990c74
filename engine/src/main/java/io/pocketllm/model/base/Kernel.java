package io.pocketllm.model.base;

import io.pocketllm.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Turns the weights of single outputs into another format. Has no state: threads may share it. */
interface Kernel {

    /**
     * One of the arrays that a matrix becomes.
     *
     * @param suffix what its name has behind the matrix's
     * @param shape of the whole array
     * @param bytesPerOutput bytes each output has in it
     * @param inputsFirst whether the outputs lie side by side (in, out) rather than one after the
     *     other
     */
    record Part(
            String suffix, DType dtype, long[] shape, int bytesPerOutput, boolean inputsFirst) {}

    /** The arrays that {@code matrix} becomes. */
    List<Part> parts(Matrix matrix);

    /**
     * Converts one output.
     *
     * @param weights its weights, one for each input, from {@code from} on
     * @param output its place among {@code outputs}
     * @param outputs how many the buffers have room for
     * @param buffers one for each part
     * @throws NotFinite where a weight is infinite or no number
     */
    void convert(
            float[] weights,
            int from,
            int inputs,
            int output,
            int outputs,
            MemorySegment[] buffers);

    /** A weight that no scale can hold. */
    final class NotFinite extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The largest magnitude. */
    static float largest(float[] weights, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            // Math.max keeps NaN.
            largest = Math.max(largest, Math.abs(weights[i]));
        }
        if (!(largest <= Float.MAX_VALUE)) {
            throw new NotFinite();
        }
        return largest;
    }

    /** Adding and taking it away rounds a number below 2²² to the nearest, ties to even. */
    float ROUNDING = 0x1.8p23f;

    /** Nearest whole number, ties to even; the compiler makes vectors of it. */
    static float round(float value) {
        return value + ROUNDING - ROUNDING;
    }
}
