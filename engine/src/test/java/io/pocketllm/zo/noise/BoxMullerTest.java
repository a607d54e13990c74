package io.pocketllm.zo.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The polynomials against Java's own functions in double precision. */
class BoxMullerTest {

    /** Sine and cosine: Taylor's remainder, 6 bits of the angle dropped, and rounding. */
    private static final double ANGLE_TOLERANCE = 2.5e-7;

    @Test
    void theLogarithmIsWithinThreeUlpOverAllUniformNumbers() {
        // Every 5th of 2²⁴ arguments across what radius asks for, and both ends whole.
        for (int k = 0; k < 1 << 24; k += k < 4096 || k > (1 << 24) - 4096 ? 1 : 5) {
            assertLog((k + 0.5f) * 0x1p-24f);
        }
    }

    @Test
    void theLogarithmIsWithinThreeUlpAroundEveryExponent() {
        for (int exponent = -126; exponent <= 127; exponent++) {
            for (float mantissa : new float[] {1, 1.25f, 1.4142134f, 1.4142135f, 1.4142137f}) {
                assertLog(Math.scalb(mantissa, exponent));
                assertLog(Math.nextDown(Math.scalb(Math.max(1.1f, mantissa), exponent)));
            }
        }
        assertThat(BoxMuller.log(1f)).isZero();
        assertThat(BoxMuller.log(Float.MIN_NORMAL))
                .isCloseTo((float) Math.log(Float.MIN_NORMAL), offset(2e-5f));
    }

    private static void assertLog(float u) {
        double exact = Math.log(u);
        double error = Math.abs(BoxMuller.log(u) - exact);
        if (!(error <= 3 * Math.ulp((float) exact))) {
            throw new AssertionError("log(" + u + ") is off by " + error);
        }
    }

    @Test
    void sineAndCosineAreThoseOfTheAngle() {
        assertAngles("sine", BoxMuller::sin, Math::sin);
        assertAngles("cosine", BoxMuller::cos, Math::cos);
    }

    private static void assertAngles(
            String what, IntToDoubleFunction fast, DoubleUnaryOperator exact) {
        double worst = 0;
        // An odd stride visits other low bits each time round.
        for (long bits = 0; bits < 1L << 32; bits += 4093) {
            worst = Math.max(worst, angleError(fast, exact, (int) bits));
        }
        // Eighths of a turn are where one polynomial hands over to the next.
        for (int eighth = 0; eighth < 8; eighth++) {
            for (int d = -200; d <= 200; d++) {
                worst = Math.max(worst, angleError(fast, exact, (eighth << 29) + d));
            }
        }
        assertThat(worst).as("largest error of the %s", what).isLessThan(ANGLE_TOLERANCE);
    }

    private static double angleError(
            IntToDoubleFunction fast, DoubleUnaryOperator exact, int bits) {
        double angle = 2 * Math.PI * ((bits & 0xFFFFFFFFL) * 0x1p-32);
        return Math.abs(fast.applyAsDouble(bits) - exact.applyAsDouble(angle));
    }

    @Test
    void quarterTurnsAreExact() {
        int quarter = 1 << 30;
        for (int i = 0; i < 4; i++) {
            assertThat(BoxMuller.sin(i * quarter)).isEqualTo(new float[] {0, 1, -0f, -1}[i]);
            assertThat(BoxMuller.cos(i * quarter)).isEqualTo(new float[] {1, -0f, -1, 0}[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 511, 512, 0x7FFFFFFF, 0x80000000, 0xFFFFFC00, 0xFFFFFDFF, -1})
    void theRadiusIsTheOneOfItsUniformNumber(int bits) {
        double u = ((bits >>> 9) + 0.5) * 0x1p-23;

        assertThat((double) BoxMuller.radius(bits))
                .isCloseTo(Math.sqrt(-2 * Math.log(u)), offset(1e-6));
    }

    @Test
    void theRadiusRunsFromTheLongestToNearlyZeroAndNeverLeavesTheNumbers() {
        assertThat(BoxMuller.radius(0)).isCloseTo(5.7682f, offset(1e-3f));
        assertThat(BoxMuller.radius(-1)).isCloseTo(3.4527e-4f, offset(1e-7f));
        float last = Float.POSITIVE_INFINITY;
        for (long bits = 0; bits < 1L << 32; bits += 1 << 14) {
            float radius = BoxMuller.radius((int) bits);
            assertThat(radius).isFinite().isLessThanOrEqualTo(last).isPositive();
            last = radius;
        }
    }

    /** Only the upper 23 bits decide: the rest of the word is not used twice. */
    @Test
    void theLowBitsDoNotChangeTheRadius() {
        assertThat(BoxMuller.radius(0x12345600)).isEqualTo(BoxMuller.radius(0x123457FF));
        assertThat(BoxMuller.radius(0x12345600)).isNotEqualTo(BoxMuller.radius(0x12345800));
    }
}
