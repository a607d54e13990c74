package io.pocketllm.zo;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rounds fp32 to halves up or down at random, with the chances that leave the mean where it is
 * (Gupta et al., arXiv 1502.02551). Zeroth-order updates are far smaller than half the distance
 * between neighbouring halves: rounded to nearest they would vanish one and all.
 *
 * <p>Which way is a function of (run seed, step, tensor, element) alone, so a replay repeats it.
 * What is a half already stays; what is beyond the largest half becomes that.
 */
final class StochasticRounding {

    /** Apart from all seeds of directions. */
    private static final long STREAM = 0x5DEECE66D2B7E151L;

    /** Bits of fp32 below the last of a normal half. */
    private static final int F16_BITS = 13;

    private static final int F16_MASK = (1 << F16_BITS) - 1;

    /** 2⁻¹⁴, the smallest normal half, as bits. */
    private static final int F16_NORMAL = 0x3880_0000;

    /** 65504, the largest half, as bits. */
    private static final int F16_LARGEST = 0x477F_E000;

    /** The largest bfloat16, as bits of fp32. */
    private static final int BF16_LARGEST = 0x7F7F_0000;

    private static final int INFINITY = 0x7F80_0000;

    private final long seed;

    StochasticRounding(long seed) {
        this.seed = seed ^ STREAM;
    }

    /**
     * Stores values into elements [from, from + count) of a tensor; fp32 tensors take them as they
     * are.
     *
     * @param values from index 0 on
     * @param halves working space
     */
    void store(
            int step, int t, Tensor tensor, long from, float[] values, int count, short[] halves) {
        MemorySegment memory = tensor.memory();
        if (tensor.dtype() == DType.F32) {
            MemorySegment.copy(
                    values, 0, memory, ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * from, count);
            return;
        }
        long key = NoiseStream.key(seed, step, 0, t);
        boolean f16 = tensor.dtype() == DType.F16;
        for (int start = 0; start < count; start += halves.length) {
            int part = Math.min(halves.length, count - start);
            for (int i = 0; i < part; i++) {
                float value = values[start + i];
                int random = random(key, from + start + i);
                halves[i] = f16 ? f16(value, random) : bf16(value, random);
            }
            MemorySegment.copy(
                    halves, 0, memory, ValueLayout.JAVA_SHORT_UNALIGNED, 2 * (from + start), part);
        }
    }

    /** Sixteen random bits; four elements share a word. */
    private static int random(long key, long element) {
        long word = NoiseStream.mix(key + (element >>> 2));
        return (int) (word >>> (element & 3) * 16) & 0xFFFF;
    }

    /**
     * The half above or below.
     *
     * @param random 16 bits
     */
    static short f16(float value, int random) {
        int bits = Float.floatToRawIntBits(value);
        int size = bits & 0x7FFF_FFFF;
        int sign = bits >>> 16 & 0x8000;
        if (size >= INFINITY) {
            return Float.floatToFloat16(value);
        }
        if (size < F16_NORMAL) {
            // Below, halves are evenly spaced: their bits count steps of 2^-24.
            float steps = Float.intBitsToFloat(size) * 0x1p24f + random * 0x1p-16f;
            return (short) (sign | (int) steps);
        }
        int rounded = size + (random >>> 16 - F16_BITS) & ~F16_MASK;
        return (short)
                (sign | Float.floatToFloat16(Float.intBitsToFloat(Math.min(rounded, F16_LARGEST))));
    }

    /** The bfloat16 above or below. */
    static short bf16(float value, int random) {
        int bits = Float.floatToRawIntBits(value);
        int size = bits & 0x7FFF_FFFF;
        if (size > INFINITY) {
            return 0x7FC0;
        }
        if (size == INFINITY) {
            return (short) (bits >>> 16);
        }
        return (short)
                (bits >>> 16 & 0x8000 | Math.min(size + random & 0xFFFF_0000, BF16_LARGEST) >>> 16);
    }
}
