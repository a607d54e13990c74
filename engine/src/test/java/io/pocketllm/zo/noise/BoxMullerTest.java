package io.pocketllm.zo.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The polynomials against StrictMath in double precision. */
class BoxMullerTest {

    @Test
    void theRadiusIsThatOfItsUniformNumberOverAllWords() {
        // An odd stride visits other low bits each time round; both ends whole.
        for (long word = 0;
                word < 1L << 32;
                word += word < 9000 || word > (1L << 32) - 9000 ? 1 : 4093) {
            assertRadius((int) word);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 511, 0x7FFFFFFF, 0x80000000, 0xB504F333, 0x5A827999})
    void theRadiusIsThatOfItsUniformNumber(int word) {
        for (int d = -300; d <= 300; d++) {
            assertRadius(word + d);
        }
    }

    private static void assertRadius(int word) {
        // The float nearest to v + ½ is what the definition takes the logarithm of.
        double u = ((word >>> 1) + 0.5f) * 0x1p-31;
        double exact = StrictMath.sqrt(-2 * StrictMath.log(u));
        double error = Math.abs(BoxMuller.radius(word) - exact);
        if (!(error <= 6e-7 * exact)) {
            throw new AssertionError("radius of word " + word + " is off by " + error);
        }
    }

    @Test
    void theRadiusRunsFromTheLongestToZeroAndNeverLeavesTheNumbers() {
        assertThat(BoxMuller.radius(0)).isCloseTo(6.6604f, offset(1e-3f));
        assertThat(BoxMuller.radius(-1)).isZero();
        float last = Float.POSITIVE_INFINITY;
        for (long word = 0; word < 1L << 32; word += 1 << 14) {
            float radius = BoxMuller.radius((int) word);
            assertThat(radius).isFinite().isLessThanOrEqualTo(last).isNotNegative();
            last = radius;
        }
    }

    @Test
    void sineAndCosineAreThoseOfTheAngle() {
        double worstSine = 0;
        double worstCosine = 0;
        for (long word = 0; word < 1L << 32; word += 4093) {
            float t = BoxMuller.quarterTurns((int) word);
            double angle = Math.PI / 2 * t;
            worstSine = Math.max(worstSine, Math.abs(BoxMuller.sin(t) - StrictMath.sin(angle)));
            worstCosine = Math.max(worstCosine, Math.abs(BoxMuller.cos(t) - StrictMath.cos(angle)));
        }
        assertThat(worstSine).as("largest error of the sine").isLessThan(4e-7);
        assertThat(worstCosine).as("largest error of the cosine").isLessThan(4e-7);
    }

    @Test
    void theWordOfTheAngleGoesOnceRoundTheCircle() {
        assertThat(BoxMuller.quarterTurns(0)).isZero();
        assertThat(BoxMuller.quarterTurns(0x20000000)).isEqualTo(0.5f);
        assertThat(BoxMuller.quarterTurns(0x40000000)).isEqualTo(-1f);
        assertThat(BoxMuller.quarterTurns(0x80000000)).isZero();
        assertThat(BoxMuller.signedRadius(12345, 1)).isPositive();
        assertThat(BoxMuller.signedRadius(12345, 0x80000001))
                .isEqualTo(-BoxMuller.signedRadius(12345, 1));
    }
}
