package io.pocketllm.zo.noise;

import static io.pocketllm.zo.noise.BoxMuller.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same operations as {@link ScalarKernel}'s, a whole register at a time, straight on the
 * tensors' memory. Works on whole chunks of 1024 elements and leaves the ends of a range to the
 * scalar kernel.
 *
 * <p>The arithmetic of a loop stands in one method: the compiler keeps vectors in registers only
 * where it sees them made and used.
 */
public final class VectorKernel implements NoiseKernel {

    static final VectorKernel INSTANCE = new VectorKernel();

    private static final VectorSpecies<Integer> INTS = VectorThreefry.SPECIES;
    private static final VectorSpecies<Float> FLOATS = INTS.withLanes(float.class);
    private static final int LANES = VectorThreefry.LANES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int SIGN = 0x80000000;

    private static final int CHUNK = SIGN_BLOCK;
    private static final int HALF = NORMAL_BLOCK / 2;
    private static final int PAIRS = CHUNK / 2;

    /** Counters of a chunk of signs. */
    private static final int WORDS = SIGN_BLOCK / 64;

    private VectorKernel() {}

    @Override
    public void add(
            MemorySegment theta,
            long[] keys,
            float[] a,
            float keep,
            boolean signs,
            long from,
            long to) {
        long first = Math.ceilDiv(from, CHUNK) * CHUNK;
        long last = to / CHUNK * CHUNK;
        if (first >= last) {
            ScalarKernel.INSTANCE.add(theta, keys, a, keep, signs, from, to);
            return;
        }
        ScalarKernel.INSTANCE.add(theta, keys, a, keep, signs, from, first);
        int[] words = new int[PAIRS];
        int[] more = new int[PAIRS];
        for (long chunk = first; chunk < last; chunk += CHUNK) {
            for (int d = 0; d < keys.length; d++) {
                // The chunk has stayed in the nearest cache since the first stream.
                float kept = d == 0 ? keep : 1f;
                if (signs) {
                    VectorThreefry.words(keys[d], chunk / 64, WORDS, words, words, WORDS);
                    addSigns(theta, chunk, words, a[d], kept);
                } else {
                    VectorThreefry.words(keys[d], chunk / 2, PAIRS, words, more, 0);
                    normal(theta, null, chunk, words, more, a[d], kept);
                }
            }
        }
        ScalarKernel.INSTANCE.add(theta, keys, a, keep, signs, last, to);
    }

    @Override
    public void scale(MemorySegment theta, float keep, long from, long to) {
        long chunk = from;
        for (; chunk + CHUNK <= to; chunk += CHUNK) {
            for (int i = 0; i < CHUNK; i += LANES) {
                long at = (chunk + i) * Float.BYTES;
                FloatVector.fromMemorySegment(FLOATS, theta, at, ORDER)
                        .mul(keep)
                        .intoMemorySegment(theta, at, ORDER);
            }
        }
        ScalarKernel.INSTANCE.scale(theta, keep, chunk, to);
    }

    @Override
    public void fill(float[] target, int offset, long key, boolean signs, long from, long to) {
        long first = Math.ceilDiv(from, CHUNK) * CHUNK;
        long last = to / CHUNK * CHUNK;
        if (first >= last) {
            ScalarKernel.INSTANCE.fill(target, offset, key, signs, from, to);
            return;
        }
        ScalarKernel.INSTANCE.fill(target, offset, key, signs, from, first);
        int[] words = new int[PAIRS];
        int[] more = new int[PAIRS];
        for (long chunk = first; chunk < last; chunk += CHUNK) {
            int start = offset + (int) (chunk - from);
            if (signs) {
                VectorThreefry.words(key, chunk / 64, WORDS, words, words, WORDS);
                fillSigns(target, start, words);
            } else {
                VectorThreefry.words(key, chunk / 2, PAIRS, words, more, 0);
                normal(null, target, start, words, more, 1f, 0f);
            }
        }
        ScalarKernel.INSTANCE.fill(target, offset + (int) (last - from), key, signs, last, to);
    }

    /**
     * A chunk of normal numbers, added to {@code theta} at element {@code start} on, or, where that
     * is null, written to {@code target}.
     */
    private static void normal(
            MemorySegment theta,
            float[] target,
            long start,
            int[] radiusWords,
            int[] angleWords,
            float a,
            float keep) {
        for (int pair = 0; pair < PAIRS; pair += LANES) {
            IntVector angleWord = IntVector.fromArray(INTS, angleWords, pair);
            FloatVector scaled =
                    ((FloatVector)
                                    IntVector.fromArray(INTS, radiusWords, pair)
                                            .lanewise(LSHR, 1)
                                            .convert(I2F, 0))
                            .add(0.5f);
            IntVector shifted = scaled.reinterpretAsInts().sub(SQRT_HALF_SCALED);
            FloatVector exponent = (FloatVector) shifted.lanewise(ASHR, 23).convert(I2F, 0);
            FloatVector x = shifted.and(MANTISSA).add(SQRT_HALF).reinterpretAsFloats().sub(1f);
            FloatVector x2 = x.mul(x);
            FloatVector low = x.mul(L3).add(L2).mul(x2).add(x.mul(L1).add(L0));
            FloatVector high = x.mul(L7).add(L6).mul(x2).add(x.mul(L5).add(L4));
            FloatVector p = high.mul(x2.mul(x2)).add(low);
            FloatVector radius =
                    exponent.mul(MINUS_2_LN_2)
                            .add(p.mul(x))
                            .sqrt()
                            .reinterpretAsInts()
                            .lanewise(XOR, angleWord.and(SIGN))
                            .reinterpretAsFloats();
            FloatVector t = ((FloatVector) angleWord.lanewise(LSHL, 1).convert(I2F, 0)).mul(WORD);
            FloatVector q = t.mul(t);
            FloatVector q2 = q.mul(q);
            FloatVector q3 = q2.mul(q);
            FloatVector cosine = q.mul(C4).add(C3).mul(q3).add(q2.mul(C2).add(q.mul(C1).add(C0)));
            FloatVector sine =
                    q.mul(S4).add(S3).mul(q3).add(q2.mul(S2).add(q.mul(S1).add(S0))).mul(t);
            FloatVector even = radius.mul(cosine);
            FloatVector odd = radius.mul(sine);
            // Pair 32 b + j is at elements 64 b + j and 64 b + 32 + j.
            int element = 2 * pair - pair % HALF;
            if (theta == null) {
                even.intoArray(target, (int) start + element);
                odd.intoArray(target, (int) start + element + HALF);
            } else {
                long at = (start + element) * Float.BYTES;
                FloatVector.fromMemorySegment(FLOATS, theta, at, ORDER)
                        .mul(keep)
                        .add(even.mul(a))
                        .intoMemorySegment(theta, at, ORDER);
                long atSine = at + HALF * Float.BYTES;
                FloatVector.fromMemorySegment(FLOATS, theta, atSine, ORDER)
                        .mul(keep)
                        .add(odd.mul(a))
                        .intoMemorySegment(theta, atSine, ORDER);
            }
        }
    }

    /** A chunk of signs, added from element {@code start} on in the order of the memory. */
    private static void addSigns(
            MemorySegment theta, long start, int[] words, float a, float keep) {
        int bits = Float.floatToRawIntBits(a);
        for (int i = 0; i < CHUNK; i += LANES) {
            // ±1 · a is a with its sign changed or not, exactly.
            FloatVector signed =
                    IntVector.fromArray(INTS, words, i & 31)
                            .lanewise(LSHL, i >>> 5)
                            .and(SIGN)
                            .lanewise(XOR, bits)
                            .reinterpretAsFloats();
            long at = (start + i) * Float.BYTES;
            FloatVector.fromMemorySegment(FLOATS, theta, at, ORDER)
                    .mul(keep)
                    .add(signed)
                    .intoMemorySegment(theta, at, ORDER);
        }
    }

    private static void fillSigns(float[] target, int start, int[] words) {
        int one = Float.floatToRawIntBits(1f);
        for (int i = 0; i < CHUNK; i += LANES) {
            IntVector.fromArray(INTS, words, i & 31)
                    .lanewise(LSHL, i >>> 5)
                    .and(SIGN)
                    .lanewise(XOR, one)
                    .reinterpretAsFloats()
                    .intoArray(target, start + i);
        }
    }

    @Override
    public String description() {
        return "vector, " + LANES + " lanes";
    }
}
