package io.pocketllm.model.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pocketllm.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantisation against its definition, number by number. */
class KernelTest {

    private static final List<Kernel> QUANTISING =
            List.of(
                    new ChannelKernel(),
                    new BlockKernel(8, 32),
                    new BlockKernel(8, 128),
                    new BlockKernel(4, 32),
                    new BlockKernel(4, 64));

    @Property(tries = 60)
    void everyWeightIsKeptToHalfAStepOfItsScale(
            @ForAll @IntRange(max = 4) int which,
            @ForAll @IntRange(min = 1, max = 150) int in,
            @ForAll @IntRange(min = 1, max = 5) int out,
            @ForAll @IntRange(min = -30, max = 30) int exponent,
            @ForAll long seed) {
        Kernel kernel = QUANTISING.get(which);
        Matrix matrix = Matrix.linear("w", in, out, true);
        float[] weights = weights(in * out, Math.scalb(1f, exponent), seed);

        MemorySegment[] parts = convert(kernel, matrix, weights);
        float[] decoded = Decoded.of(kernel, matrix, parts);

        long[] scales = kernel.parts(matrix).get(1).shape();
        int blocks = scales.length == 1 ? 1 : (int) scales[1];
        int blockSize = blocks == 1 ? in : blockSize(kernel, matrix);
        for (int i = 0; i < weights.length; i++) {
            float scale = Decoded.scale(parts, i / in * blocks + i % in / blockSize);
            assertThat(Math.abs(weights[i] - decoded[i]))
                    .as("weight %s became %s, scale %s", weights[i], decoded[i], scale)
                    .isLessThanOrEqualTo(scale * 0.50001f);
        }
    }

    @Property(tries = 40)
    void eightBitCodesAreThoseOfTheDefinition(
            @ForAll @IntRange(min = 1, max = 100) int in, @ForAll long seed) {
        Matrix matrix = Matrix.linear("w", in, 2, true);
        float[] weights = weights(2 * in, 0.1f, seed);

        MemorySegment[] parts = convert(new ChannelKernel(), matrix, weights);

        for (int o = 0; o < 2; o++) {
            float scale = slowLargest(weights, o * in, in) / 127;
            assertThat(Decoded.scale(parts, o)).isEqualTo(scale);
            for (int i = 0; i < in; i++) {
                assertThat(parts[0].get(ValueLayout.JAVA_BYTE, i * 2L + o))
                        .isEqualTo((byte) Math.rint(weights[o * in + i] / scale));
            }
        }
    }

    @Property(tries = 40)
    void fourBitsSpanTheBlockAndKeepZero(
            @ForAll @IntRange(min = 1, max = 31) int zeros, @ForAll long seed) {
        float[] weights = weights(32, 0.1f, seed);
        Arrays.fill(weights, 0, zeros, 0);
        Matrix matrix = Matrix.linear("w", 32, 1, true);
        Kernel kernel = new BlockKernel(4, 32);

        MemorySegment[] parts = convert(kernel, matrix, weights);
        float[] decoded = Decoded.of(kernel, matrix, parts);

        float lowest = 0;
        float highest = 0;
        for (float weight : weights) {
            lowest = Math.min(lowest, weight);
            highest = Math.max(highest, weight);
        }
        assertThat(Decoded.scale(parts, 0) * 15)
                .isBetween((highest - lowest) * 0.99999f, (highest - lowest) * 1.00001f);
        for (int i = 0; i < zeros; i++) {
            assertThat(decoded[i]).isZero();
        }
    }

    @Test
    void zerosAndNumbersTooSmallForAScaleBecomeZero() {
        Matrix matrix = Matrix.linear("w", 40, 3, true);
        float[] weights = new float[120];
        Arrays.fill(weights, 40, 80, Float.MIN_VALUE);
        Arrays.fill(weights, 80, 120, -Float.MIN_VALUE);
        for (Kernel kernel : QUANTISING) {
            assertThat(Decoded.of(kernel, matrix, convert(kernel, matrix, weights)))
                    .containsOnly(0f);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNoNumberIsRefused(float odd) {
        Matrix matrix = Matrix.linear("w", 64, 1, true);
        float[] weights = weights(64, 1, 1);
        weights[33] = odd;
        for (Kernel kernel : QUANTISING) {
            assertThatExceptionOfType(Kernel.NotFinite.class)
                    .isThrownBy(() -> convert(kernel, matrix, weights));
        }
        assertThatExceptionOfType(Kernel.NotFinite.class)
                .isThrownBy(() -> convert(new FloatKernel(DType.F16), matrix, weights));
    }

    @Test
    void halvesAreRoundedAndKeptInRange() {
        float[] weights = {1e9f, -1e9f, 0.1f, 65504, 1e-9f};
        Matrix matrix = Matrix.linear("w", 5, 1, true);

        MemorySegment half = convert(new FloatKernel(DType.F16), matrix, weights)[0];

        float[] read = new float[5];
        for (int i = 0; i < 5; i++) {
            read[i] = Float.float16ToFloat(half.getAtIndex(ValueLayout.JAVA_SHORT, i));
        }
        assertThat(read)
                .containsExactly(
                        65504, -65504, Float.float16ToFloat(Float.floatToFloat16(0.1f)), 65504, 0);
    }

    static MemorySegment[] convert(Kernel kernel, Matrix matrix, float[] weights) {
        MemorySegment[] parts =
                kernel.parts(matrix).stream()
                        .map(p -> (long) p.bytesPerOutput() * matrix.outSize())
                        .map(bytes -> Arena.ofAuto().allocate(bytes, 64))
                        .toArray(MemorySegment[]::new);
        int in = matrix.inSize();
        for (int o = 0; o < matrix.outSize(); o++) {
            kernel.convert(weights, o * in, in, o, matrix.outSize(), parts);
        }
        return parts;
    }

    private static int blockSize(Kernel kernel, Matrix matrix) {
        List<Kernel.Part> parts = kernel.parts(matrix);
        return (int) parts.getFirst().shape()[2] * (parts.size() == 3 ? 2 : 1);
    }

    private static float slowLargest(float[] weights, int from, int length) {
        float largest = 0;
        for (int i = from; i < from + length; i++) {
            largest = Math.abs(weights[i]) > largest ? Math.abs(weights[i]) : largest;
        }
        return largest;
    }

    static float[] weights(int count, float scale, long seed) {
        Random random = new Random(seed);
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) random.nextGaussian() * scale;
        }
        return weights;
    }
}
