package io.pocketllm.zo.noise;

/**
 * Pairs of standard normal numbers from pairs of random words (Box and Muller, 1958), in single
 * precision: sqrt(−2 ln u) times the cosine and the sine of a random angle.
 *
 * <p>Logarithm, sine and cosine are polynomials of our own in a fixed order of plain additions and
 * multiplications, never fused, which IEEE 754 rounds alike everywhere; library functions may
 * differ in the last bit from one machine to the next, and a replayed run must not. {@link
 * VectorKernel} repeats these very operations, lane by lane. Sums are grouped so that few of them
 * wait for each other.
 */
final class BoxMuller {

    // −2 ln(1 + x) / x over √½ ≤ 1 + x < √2, interpolated at Chebyshev's points.
    static final float L0 = -2f;
    static final float L1 = 1.0000075f;
    static final float L2 = -0.66669214f;
    static final float L3 = 0.49937814f;
    static final float L4 = -0.39826697f;
    static final float L5 = 0.34556413f;
    static final float L6 = -0.32252496f;
    static final float L7 = 0.19790702f;

    /** −2 ln 2. */
    static final float MINUS_2_LN_2 = -1.3862944f;

    /** The bits of √½: moves the cut between exponents there from 1. */
    static final int SQRT_HALF = 0x3F3504F3;

    /** The same for a number 2³¹ times as large, whose exponent then counts from u's own. */
    static final int SQRT_HALF_SCALED = SQRT_HALF + (31 << 23);

    static final int MANTISSA = 0x007FFFFF;

    // cos(πt/2) in powers of t², over −1 ≤ t ≤ 1.
    static final float C0 = 1f;
    static final float C1 = -1.2336982f;
    static final float C2 = 0.25365067f;
    static final float C3 = -0.020810515f;
    static final float C4 = 8.5813447e-4f;

    // sin(πt/2) / t in powers of t².
    static final float S0 = 1.5707964f;
    static final float S1 = -0.6459638f;
    static final float S2 = 0.07968992f;
    static final float S3 = -0.0046741436f;
    static final float S4 = 1.516717e-4f;

    /** Turns a signed word into −1 to 1. */
    static final float WORD = 0x1p-31f;

    private BoxMuller() {}

    /**
     * sqrt(−2 ln u) for u = (v + ½) / 2³¹ of the upper 31 bits v, rounded to a float: 0 to 6.66, as
     * fine at small u as 31 bits allow.
     */
    static float radius(int word) {
        float scaled = (word >>> 1) + 0.5f;
        int shifted = Float.floatToRawIntBits(scaled) - SQRT_HALF_SCALED;
        float exponent = shifted >> 23;
        float x = Float.intBitsToFloat((shifted & MANTISSA) + SQRT_HALF) - 1f;
        float x2 = x * x;
        float low = (x * L3 + L2) * x2 + (x * L1 + L0);
        float high = (x * L7 + L6) * x2 + (x * L5 + L4);
        float p = high * (x2 * x2) + low;
        return (float) Math.sqrt(exponent * MINUS_2_LN_2 + p * x);
    }

    /** The radius with the sign of the angle's word: which half of the circle the angle is in. */
    static float signedRadius(int radiusWord, int angleWord) {
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(radius(radiusWord)) ^ (angleWord & 0x80000000));
    }

    /** The lower 31 bits of the angle's word as a share of a quarter turn, −1 to 1. */
    static float quarterTurns(int angleWord) {
        return (angleWord << 1) * WORD;
    }

    /** cos(πt/2) for t from −1 to 1. */
    static float cos(float t) {
        float q = t * t;
        float q2 = q * q;
        return (q * C4 + C3) * (q2 * q) + (q2 * C2 + (q * C1 + C0));
    }

    /** sin(πt/2) for t from −1 to 1. */
    static float sin(float t) {
        float q = t * t;
        float q2 = q * q;
        return ((q * S4 + S3) * (q2 * q) + (q2 * S2 + (q * S1 + S0))) * t;
    }
}
