package io.pocketllm.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A named tensor in native memory, row-major. Numbers are read as fp32 whatever they are stored as:
 * widening half precision is exact.
 *
 * @param name published name, such as {@code encoder.layer.0.attention.self.query.weight}
 * @param dtype how the numbers are stored
 * @param shape sizes of the dimensions; empty for a scalar
 * @param memory the numbers, native byte order
 */
public record Tensor(String name, DType dtype, long[] shape, MemorySegment memory) {

    /** Unaligned because mapped files may place a tensor anywhere. */
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    /**
     * @throws IllegalArgumentException where shape and memory disagree
     */
    public Tensor {
        if (memory.byteSize() != Math.multiplyExact(elements(shape), (long) dtype.bytes())) {
            throw new IllegalArgumentException(
                    name
                            + ": shape "
                            + Arrays.toString(shape)
                            + " needs "
                            + elements(shape) * dtype.bytes()
                            + " bytes, but there are "
                            + memory.byteSize());
        }
        shape = shape.clone();
    }

    /** An fp32 tensor. */
    public Tensor(String name, long[] shape, MemorySegment memory) {
        this(name, DType.F32, shape, memory);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /**
     * How many numbers a tensor of this shape holds.
     *
     * @throws IllegalArgumentException where a size is negative
     * @throws ArithmeticException where the product does not fit 63 bits
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
        return memory.byteSize() / dtype.bytes();
    }

    /** The same numbers under another name. */
    public Tensor named(String other) {
        return new Tensor(other, dtype, shape, memory);
    }

    /**
     * The number at flat index {@code i}, widened exactly.
     *
     * @throws IllegalStateException where the tensor holds no F32, F16 or BF16 numbers
     */
    public float get(long i) {
        return switch (dtype) {
            case F32 -> memory.getAtIndex(FLOAT, i);
            case F16 -> Float.float16ToFloat(memory.getAtIndex(SHORT, i));
            case BF16 -> Float.intBitsToFloat(memory.getAtIndex(SHORT, i) << 16);
            default -> throw new IllegalStateException(name + " holds " + dtype + ", no weights");
        };
    }

    /**
     * Replaces the number at flat index {@code i}; halves are rounded to nearest even.
     *
     * @throws IllegalStateException where the tensor holds neither F32 nor F16 numbers
     */
    public void set(long i, float value) {
        switch (dtype) {
            case F32 -> memory.setAtIndex(FLOAT, i, value);
            case F16 -> memory.setAtIndex(SHORT, i, Float.floatToFloat16(value));
            default -> throw new IllegalStateException(name + " holds " + dtype);
        }
    }

    /** Copies {@code values} in from the start. */
    public void copyFrom(float[] values) {
        requireF32();
        MemorySegment.copy(values, 0, memory, FLOAT, 0, values.length);
    }

    /** The numbers as an array on the heap, widened to fp32. */
    public float[] toArray() {
        if (dtype == DType.F32) {
            return memory.toArray(FLOAT);
        }
        float[] wide = new float[Math.toIntExact(elements())];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = get(i);
        }
        return wide;
    }

    /** Copies all numbers into an fp32 tensor of the same size, widening them exactly. */
    public void widenInto(Tensor target) {
        target.requireF32();
        if (target.elements() != elements()) {
            throw new IllegalArgumentException(
                    target.name() + " has " + target.elements() + " numbers, not " + elements());
        }
        if (dtype == DType.F32) {
            MemorySegment.copy(memory, 0, target.memory, 0, memory.byteSize());
            return;
        }
        for (long i = 0; i < elements(); i++) {
            target.memory.setAtIndex(FLOAT, i, get(i));
        }
    }

    /**
     * Copies all numbers into a tensor of the same size: bit for bit where the formats are the
     * same, else widened exactly into fp32.
     */
    public void copyInto(Tensor target) {
        if (target.dtype != dtype) {
            widenInto(target);
        } else if (target.elements() != elements()) {
            throw new IllegalArgumentException(
                    target.name() + " has " + target.elements() + " numbers, not " + elements());
        } else {
            MemorySegment.copy(memory, 0, target.memory, 0, memory.byteSize());
        }
    }

    private void requireF32() {
        if (dtype != DType.F32) {
            throw new IllegalStateException(name + " holds " + dtype + ", not F32");
        }
    }

    /**
     * A view for ONNX Runtime: no copy, so a change in either is a change in both. Tensors of up to
     * 2 GiB.
     */
    public ByteBuffer buffer() {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }
}
