package io.pocketllm.zo;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.noise.NoiseKernel;
import io.pocketllm.zo.noise.NoiseKernels;
import io.pocketllm.zo.noise.ScalarKernel;

/**
 * The random numbers of one direction: element i of tensor t at step s is a pure function of (run
 * seed, step, direction, tensor, i). Nothing is stored, any part can be made again in any order,
 * and any number of threads, any vector width and any platform give the same bits; {@link
 * NoiseKernel} says how a number comes from key and place.
 */
final class NoiseStream {

    /** Elements a thread takes at a time: 256 KiB of fp32, a whole number of blocks. */
    static final long TILE_ELEMENTS = 1 << 16;

    private final long key;
    private final boolean signs;

    /**
     * @param role which of a step's directions, counted from 0
     * @param tensor place of the tensor in the space
     * @param signs ±1 instead of normal numbers
     */
    NoiseStream(long runSeed, int step, int role, int tensor, boolean signs) {
        this.key = key(runSeed, step, role, tensor);
        this.signs = signs;
    }

    /** One number from four, with nothing in common between any two of them. */
    static long key(long runSeed, int step, int role, int tensor) {
        return mix(mix(mix(mix(runSeed) + step) + role) + tensor);
    }

    /**
     * SplitMix64's finaliser (Steele, Lea and Flood, 2014): spreads every bit of the key over all
     * 64.
     */
    static long mix(long x) {
        x += 0x9E3779B97F4A7C15L;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }

    /** z at element {@code i}. */
    float at(long i) {
        return ScalarKernel.at(key, signs, i);
    }

    /** θ += a · z over elements [from, to). */
    void addTo(Tensor tensor, float a, long from, long to) {
        addTo(tensor, a, 1f, from, to);
    }

    /**
     * θ = keep·θ + a·z over elements [from, to), in one pass over the memory. With {@code keep} = 1
     * the product is θ itself, to the bit.
     *
     * <p>From θ − εz, MeZO's restoring, decay and update are one such pass: keep = 1 − ηλ and a =
     * keep·ε − ηg. It rounds once where the passes one by one round two or three times, so the last
     * bit of θ may differ from theirs; whoever replays a run must take the same passes.
     *
     * @param a factor of z
     * @param keep factor of θ
     */
    void addTo(Tensor tensor, float a, float keep, long from, long to) {
        addAll(tensor, new NoiseStream[] {this}, new float[] {a}, keep, from, to);
    }

    /** z itself: element i to {@code target[offset + i - from]}. */
    void fill(float[] target, int offset, long from, long to) {
        NoiseKernels.chosenFor(to - from).fill(target, offset, key, signs, from, to);
    }

    /**
     * θ = keep·θ + a[0]·z₀ + a[1]·z₁ + … over elements [from, to), in one pass over the memory.
     * Each product and each sum is rounded to fp32, in this order; half-precision tensors are
     * rounded once, at the end.
     *
     * @param streams one a direction, all of one kind
     * @param a a factor each
     * @throws IllegalArgumentException where kinds are mixed or the lengths differ
     */
    static void addAll(
            Tensor tensor, NoiseStream[] streams, float[] a, float keep, long from, long to) {
        if (streams.length == 0 || streams.length != a.length) {
            throw new IllegalArgumentException(
                    streams.length + " streams and " + a.length + " factors: need one for each");
        }
        long[] keys = new long[streams.length];
        for (int d = 0; d < keys.length; d++) {
            keys[d] = streams[d].key;
            if (streams[d].signs != streams[0].signs) {
                throw new IllegalArgumentException("signs and normal numbers in one sum");
            }
        }
        NoiseKernel kernel = NoiseKernels.chosenFor(to - from);
        if (tensor.dtype() == DType.F32) {
            kernel.add(tensor.memory(), keys, a, keep, streams[0].signs, from, to);
        } else {
            addWide(kernel, tensor, keys, a, keep, streams[0].signs, from, to);
        }
    }

    /** The same for numbers that have to be widened first, a block at a time. */
    private static void addWide(
            NoiseKernel kernel,
            Tensor tensor,
            long[] keys,
            float[] a,
            float keep,
            boolean signs,
            long from,
            long to) {
        float[] z = new float[NoiseKernel.SIGN_BLOCK];
        float[] sum = new float[NoiseKernel.SIGN_BLOCK];
        long end;
        for (long start = from; start < to; start = end) {
            end = Math.min(to, (start / z.length + 1) * z.length);
            int count = (int) (end - start);
            for (int i = 0; i < count; i++) {
                sum[i] = keep * tensor.get(start + i);
            }
            for (int d = 0; d < keys.length; d++) {
                kernel.fill(z, 0, keys[d], signs, start, end);
                for (int i = 0; i < count; i++) {
                    sum[i] += a[d] * z[i];
                }
            }
            for (int i = 0; i < count; i++) {
                tensor.set(start + i, sum[i]);
            }
        }
    }
}
