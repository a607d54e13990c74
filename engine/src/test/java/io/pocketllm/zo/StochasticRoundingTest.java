package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.Widening;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Up or down at random, so that the mean stays; and why zeroth-order updates need it. */
class StochasticRoundingTest {

    private static final int DRAWS = 1 << 16;

    @Property
    void aNumberBecomesOneOfTheTwoHalvesAroundIt(
            @ForAll int bits, @ForAll @IntRange(max = DRAWS - 1) int random) {
        float value = Float.intBitsToFloat(bits);
        if (!Float.isFinite(value) || Math.abs(value) > 65504) {
            return;
        }
        float rounded = Float.float16ToFloat(StochasticRounding.f16(value, random));

        float nearest = Float.float16ToFloat(Float.floatToFloat16(value));
        if (nearest == value) {
            assertThat(rounded).isEqualTo(value);
        } else {
            // The other neighbour lies on the far side of the value.
            float other =
                    Math.abs(nearest) > Math.abs(value) ? towardsZero(nearest) : away(nearest);
            assertThat(rounded).isIn(nearest, other);
        }
    }

    private static float towardsZero(float half) {
        return Float.float16ToFloat((short) (Float.floatToFloat16(half) - 1));
    }

    private static float away(float half) {
        return Float.float16ToFloat((short) (Float.floatToFloat16(half) + 1));
    }

    @Property
    void aNumberBecomesOneOfTheTwoBfloatsAroundIt(
            @ForAll int bits, @ForAll @IntRange(max = DRAWS - 1) int random) {
        float value = Float.intBitsToFloat(bits);
        if (!Float.isFinite(value) || (bits & 0x7FFF_FFFF) > 0x7F7F_0000) {
            return;
        }
        int rounded = StochasticRounding.bf16(value, random) << 16;
        int down = bits & 0xFFFF_0000;

        assertThat(rounded).isIn(down, bits == down ? down : down + 0x1_0000);
    }

    @ParameterizedTest
    @CsvSource({
        // normal, just below a power of two, subnormal, below the smallest subnormal, negative
        "F16, 0.1",
        "F16, 0.99999",
        "F16, 3e-5",
        "F16, 2e-8",
        "F16, -1.2345",
        "BF16, 0.1",
        "BF16, -77.77",
        "BF16, 1e-30",
    })
    void overAllDrawsTheMeanIsTheNumber(DType dtype, float value) {
        double sum = 0;
        for (int random = 0; random < DRAWS; random++) {
            sum +=
                    dtype == DType.F16
                            ? Float.float16ToFloat(StochasticRounding.f16(value, random))
                            : Float.intBitsToFloat(StochasticRounding.bf16(value, random) << 16);
        }

        // Thirteen bits decide a normal half, so the mean may be one part in 2^13 of a step off.
        double step =
                dtype == DType.F16
                        ? Math.max(Math.abs(value) / 1024, 0x1p-24)
                        : Math.abs(value) / 128;
        assertThat(sum / DRAWS).isCloseTo(value, within(step / 4096));
    }

    @Test
    void whatIsBeyondTheFormatStopsAtItsLargestAndNoNumberStaysNone() {
        for (int random : new int[] {0, 40_000, DRAWS - 1}) {
            assertThat(Float.float16ToFloat(StochasticRounding.f16(70_000, random)))
                    .isEqualTo(65_504);
            assertThat(Float.float16ToFloat(StochasticRounding.f16(-65_519, random)))
                    .isEqualTo(-65_504);
            assertThat(Float.float16ToFloat(StochasticRounding.f16(Float.NaN, random))).isNaN();
            assertThat(
                            Float.float16ToFloat(
                                    StochasticRounding.f16(Float.NEGATIVE_INFINITY, random)))
                    .isEqualTo(Float.NEGATIVE_INFINITY);
            assertThat(Float.intBitsToFloat(StochasticRounding.bf16(Float.MAX_VALUE, random) << 16))
                    .isEqualTo(Float.intBitsToFloat(0x7F7F_0000));
            assertThat(Float.intBitsToFloat(StochasticRounding.bf16(Float.NaN, random) << 16))
                    .isNaN();
            assertThat(
                            Float.intBitsToFloat(
                                    StochasticRounding.bf16(Float.POSITIVE_INFINITY, random) << 16))
                    .isInfinite();
        }
    }

    /**
     * Steps of a thousandth of a half's last place, 2000 of them, all one way: to nearest not a
     * single one arrives, at random two places' worth do.
     */
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void stepsTooSmallForNearestRoundingArriveOnAverage(DType dtype) {
        float place = dtype == DType.F16 ? 0x1p-10f : 0x1p-7f;
        float step = place / 1000;
        int steps = 2000;
        int elements = 4096;
        try (ParameterStore store = new ParameterStore()) {
            Tensor random = store.allocate("random", dtype, elements);
            float[] values = new float[elements];
            java.util.Arrays.fill(values, 1.25f);
            StochasticRounding rounding = new StochasticRounding(7);
            short[] space = new short[1000];
            rounding.store(0, 0, random, 0, values, elements, space);
            float nearest = 1.25f;
            for (int s = 1; s <= steps; s++) {
                new Widening().read(random, 0, values, elements);
                for (int i = 0; i < elements; i++) {
                    values[i] += step;
                }
                rounding.store(s, 0, random, 0, values, elements, space);
                nearest = toNearest(dtype, nearest + step);
            }

            double mean = 0;
            for (int i = 0; i < elements; i++) {
                mean += random.get(i) / (double) elements;
            }
            assertThat(nearest).isEqualTo(1.25f);
            assertThat(mean).isCloseTo(1.25 + steps * step, within(0.1 * steps * step));
        }
    }

    private static float toNearest(DType dtype, float value) {
        return dtype == DType.F16
                ? Float.float16ToFloat(Float.floatToFloat16(value))
                : Float.intBitsToFloat((Float.floatToRawIntBits(value) + 0x7FFF) & 0xFFFF_0000);
    }
}
