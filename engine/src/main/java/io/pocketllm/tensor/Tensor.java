package io.pocketllm.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A named fp32 tensor in native memory, row-major.
 *
 * @param name published name, such as {@code encoder.layer.0.attention.self.query.weight}
 * @param shape sizes of the dimensions; empty for a scalar
 * @param memory the numbers, native byte order; 4 bytes each
 */
public record Tensor(String name, long[] shape, MemorySegment memory) {

    /**
     * Little- or big-endian as the machine is; unaligned because mapped files may place a tensor
     * anywhere.
     */
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    /**
     * @throws IllegalArgumentException where shape and memory disagree
     */
    public Tensor {
        if (memory.byteSize() != 4 * elements(shape)) {
            throw new IllegalArgumentException(
                    name
                            + ": shape "
                            + Arrays.toString(shape)
                            + " needs "
                            + 4 * elements(shape)
                            + " bytes, but there are "
                            + memory.byteSize());
        }
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /**
     * How many numbers a tensor of this shape holds.
     *
     * @throws IllegalArgumentException where a size is negative
     */
    public static long elements(long... shape) {
        long product = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size in " + Arrays.toString(shape));
            }
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    /** How many numbers it holds. */
    public long elements() {
        return memory.byteSize() / 4;
    }

    /** The number at flat index {@code i}. */
    public float get(long i) {
        return memory.getAtIndex(FLOAT, i);
    }

    /** Replaces the number at flat index {@code i}. */
    public void set(long i, float value) {
        memory.setAtIndex(FLOAT, i, value);
    }

    /** Copies {@code values} in from the start. */
    public void copyFrom(float[] values) {
        MemorySegment.copy(values, 0, memory, FLOAT, 0, values.length);
    }

    /** The numbers as an array on the heap. */
    public float[] toArray() {
        return memory.toArray(FLOAT);
    }

    /**
     * A view for ONNX Runtime: no copy, so a change in either is a change in both. Tensors of up to
     * 2 GiB.
     */
    public FloatBuffer buffer() {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
