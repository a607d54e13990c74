package io.pocketllm.zo.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vector kernel against its slow twin, bit for bit. */
class VectorKernelTest {

    private static final NoiseKernel VECTOR = VectorKernel.INSTANCE;
    private static final NoiseKernel SCALAR = ScalarKernel.INSTANCE;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void addsTheSameBitsOverAnyRangeAndTouchesNothingElse(
            @ForAll long key,
            @ForAll boolean signs,
            @ForAll @IntRange(min = 1, max = 3) int streams,
            @ForAll @IntRange(max = 2100) int from,
            @ForAll @IntRange(max = 4200) int length,
            @ForAll boolean decay,
            @ForAll @IntRange(max = 3) int misalignment) {
        long[] keys = new long[streams];
        float[] a = new float[streams];
        for (int d = 0; d < streams; d++) {
            keys[d] = key * (d + 1) + d;
            a[d] = (d + 1) * 0.37f - 0.5f;
        }
        float keep = decay ? 0.99f : 1f;
        int elements = from + length + 70;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fast = start(arena, elements, misalignment);
            MemorySegment slow = start(arena, elements, misalignment);

            VECTOR.add(fast, keys, a, keep, signs, from, from + length);
            SCALAR.add(slow, keys, a, keep, signs, from, from + length);

            assertThat(fast.mismatch(slow)).as("first byte that differs").isEqualTo(-1);
            MemorySegment before = start(arena, elements, misalignment);
            for (int i = 0; i < elements; i++) {
                float expected = before.getAtIndex(FLOAT, i);
                if (i >= from && i < from + length) {
                    expected *= keep;
                    for (int d = 0; d < streams; d++) {
                        expected += a[d] * ScalarKernel.at(keys[d], signs, i);
                    }
                }
                if (fast.getAtIndex(FLOAT, i) != expected) {
                    throw new AssertionError("element " + i + " is not " + expected);
                }
            }
        }
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void scalesTheSameBitsOverAnyRange(
            @ForAll @IntRange(max = 2100) int from, @ForAll @IntRange(max = 4200) int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fast = start(arena, from + length + 70, 0);
            MemorySegment slow = start(arena, from + length + 70, 0);

            VECTOR.scale(fast, 0.93f, from, from + length);
            SCALAR.scale(slow, 0.93f, from, from + length);

            assertThat(fast.mismatch(slow)).isEqualTo(-1);
            assertThat(slow.getAtIndex(FLOAT, from + length))
                    .isEqualTo(
                            start(arena, from + length + 70, 0).getAtIndex(FLOAT, from + length));
        }
    }

    private static MemorySegment start(Arena arena, int elements, int misalignment) {
        MemorySegment memory =
                arena.allocate(4L * elements + misalignment, 64).asSlice(misalignment);
        for (int i = 0; i < elements; i++) {
            memory.setAtIndex(FLOAT, i, (i % 97 - 48) * 0.123f);
        }
        return memory;
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void fillsTheSameBitsFromAnywhereInALongTensor(
            @ForAll long key,
            @ForAll boolean signs,
            @ForAll @LongRange(max = 1L << 40) long from,
            @ForAll @IntRange(max = 4200) int length,
            @ForAll @IntRange(max = 5) int offset) {
        float[] fast = new float[offset + length + 3];
        float[] slow = new float[offset + length + 3];

        VECTOR.fill(fast, offset, key, signs, from, from + length);
        SCALAR.fill(slow, offset, key, signs, from, from + length);

        for (int i = 0; i < fast.length; i++) {
            boolean inside = i >= offset && i < offset + length;
            float expected = inside ? ScalarKernel.at(key, signs, from + i - offset) : 0f;
            assertBits(i, slow[i], expected);
            assertBits(i, fast[i], expected);
        }
    }

    private static void assertBits(int i, float found, float expected) {
        if (Float.floatToRawIntBits(found) != Float.floatToRawIntBits(expected)) {
            throw new AssertionError("element " + i + ": " + found + ", not " + expected);
        }
    }

    /**
     * What rare words give, zeros and the longest radius among them, comes up in long runs only.
     */
    @Test
    void amongSixteenMillionNumbersNoneDiffers() {
        int count = 1 << 18;
        float[] fast = new float[count];
        float[] slow = new float[count];
        for (int part = 0; part < 64; part++) {
            long from = ((long) part << 32) + part * 64L;
            VECTOR.fill(fast, 0, 77 + part, false, from, from + count);
            SCALAR.fill(slow, 0, 77 + part, false, from, from + count);
            assertThat(java.util.Arrays.mismatch(fast, slow)).as("part %d", part).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"scalar, scalar", "vector, vector", "auto, vector", "nonsense, vector"})
    void theKernelIsChosenByWordWhereTheModuleIsThere(String word, String kernel) {
        assumeThat(System.getProperty(NoiseKernels.PROPERTY)).isNull();
        assertThat(NoiseKernels.moduleIsThere()).as("tests run with the module").isTrue();

        assertThat(NoiseKernels.choose(word).description()).startsWith(kernel);
        assertThat(NoiseKernels.description()).matches("vector, (4|8|16|2) lanes");
    }
}
