package io.pocketllm.zo;

/**
 * Pairs of standard normal numbers from pairs of uniform bits (Box and Muller, 1958), in single
 * precision.
 *
 * <p>Logarithm, sine and cosine are polynomials of our own in a fixed order of plain additions and
 * multiplications, which Java rounds alike everywhere; library functions may differ in the last bit
 * from one machine to the next, and a replayed run must not. The square root is exact by IEEE 754.
 */
final class BoxMuller {

    private static final float LN2 = 0.6931472f;
    private static final float HALF_PI = 1.5707964f;

    private BoxMuller() {}

    /**
     * sqrt(−2 ln u) for u = (bits + ½) / 2²³ of the upper 23 bits, which a float holds exactly:
     * 0.0003 to 5.77.
     */
    static float radius(int bits) {
        return (float) Math.sqrt(-2f * log(((bits >>> 9) + 0.5f) * 0x1p-23f));
    }

    /**
     * Natural logarithm of a positive normal number, within 3 units in the last place: exponent ·
     * ln 2 plus 2 artanh of (m − 1)/(m + 1) for the mantissa m in [√½, √2).
     */
    static float log(float u) {
        int raw = Float.floatToRawIntBits(u);
        // Moves the cut between exponents from 1 to √½, where 0x3F3504F3 are the bits of √½.
        int shifted = raw - 0x3F3504F3;
        int exponent = shifted >> 23;
        float mantissa = Float.intBitsToFloat((shifted & 0x007FFFFF) + 0x3F3504F3);
        float s = (mantissa - 1f) / (mantissa + 1f);
        float q = s * s;
        float series = 1f + q * (1f / 3f + q * (1f / 5f + q * (1f / 7f + q * (1f / 9f))));
        return exponent * LN2 + 2f * s * series;
    }

    /** Sine of 2π · bits / 2³², from the angle within a quarter turn around each axis. */
    static float sin(int bits) {
        return quadrant(bits, 0);
    }

    /** Cosine of 2π · bits / 2³²: the sine a quarter turn ahead. */
    static float cos(int bits) {
        return quadrant(bits, 1);
    }

    private static float quadrant(int bits, int ahead) {
        // Rounds to the nearest quarter turn; what remains lies in [−⅛, ⅛) of a turn.
        int nearest = (bits + 0x20000000) >>> 30;
        int rest = bits - (nearest << 30);
        // 24 bits of the rest keep the conversion to float exact.
        float x = (rest >> 6) * (HALF_PI * 0x1p-24f);
        int turns = nearest + ahead;
        float value = (turns & 1) == 0 ? sinPolynomial(x) : cosPolynomial(x);
        return (turns & 2) == 0 ? value : -value;
    }

    private static float sinPolynomial(float x) {
        float q = x * x;
        return x * (1f + q * (-1f / 6f + q * (1f / 120f + q * (-1f / 5040f + q * (1f / 362880f)))));
    }

    private static float cosPolynomial(float x) {
        float q = x * x;
        return 1f + q * (-1f / 2f + q * (1f / 24f + q * (-1f / 720f + q * (1f / 40320f))));
    }
}
