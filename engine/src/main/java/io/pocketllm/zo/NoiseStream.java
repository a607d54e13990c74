package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;

/**
 * The random numbers of one direction: element i of tensor t at step s is a pure function of (run
 * seed, step, direction, tensor, i). Nothing is stored, any part can be made again in any order,
 * and any number of threads gives the same bits.
 */
final class NoiseStream {

    /** Elements are drawn in pairs; a tile is a whole number of pairs. */
    static final long TILE_ELEMENTS = 1 << 16;

    private final int key0;
    private final int key1;
    private final boolean signs;

    /**
     * @param role which of a step's directions, counted from 0
     * @param tensor place of the tensor in the space
     * @param signs ±1 instead of normal numbers
     */
    NoiseStream(long runSeed, int step, int role, int tensor, boolean signs) {
        long key = mix(mix(mix(mix(runSeed) + step) + role) + tensor);
        this.key0 = (int) (key >>> 32);
        this.key1 = (int) key;
        this.signs = signs;
    }

    /**
     * SplitMix64's finaliser (Steele, Lea and Flood, 2014): spreads every bit of the key over all
     * 64.
     */
    private static long mix(long x) {
        x += 0x9E3779B97F4A7C15L;
        x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }

    /** z at element {@code i}. */
    float at(long i) {
        long bits = pair(i >>> 1);
        if (signs) {
            return sign(bits, i);
        }
        float radius = BoxMuller.radius((int) (bits >>> 32));
        return radius * ((i & 1) == 0 ? BoxMuller.cos((int) bits) : BoxMuller.sin((int) bits));
    }

    /** θ += a · z over elements [from, to); {@code from} is even. */
    void addTo(Tensor tensor, float a, long from, long to) {
        for (long i = from; i < to; i += 2) {
            long bits = pair(i >>> 1);
            float first;
            float second;
            if (signs) {
                first = sign(bits, i);
                second = sign(bits, i + 1);
            } else {
                float radius = BoxMuller.radius((int) (bits >>> 32));
                first = radius * BoxMuller.cos((int) bits);
                second = radius * BoxMuller.sin((int) bits);
            }
            tensor.set(i, tensor.get(i) + a * first);
            if (i + 1 < to) {
                tensor.set(i + 1, tensor.get(i + 1) + a * second);
            }
        }
    }

    /**
     * θ = keep · θ + a · z over elements [from, to); {@code from} is even. The product is rounded
     * before the sum.
     */
    void addTo(Tensor tensor, float a, float keep, long from, long to) {
        addAll(tensor, new NoiseStream[] {this}, new float[] {a}, keep, from, to);
    }

    /** Writes z of elements [from, to) to {@code target} from {@code offset} on. */
    void fill(float[] target, int offset, long from, long to) {
        for (long i = from; i < to; i++) {
            target[offset + (int) (i - from)] = at(i);
        }
    }

    /**
     * θ = keep · θ + a₀ z₀ + a₁ z₁ + ... over elements [from, to), in one pass over the memory;
     * each product is rounded before its sum, and the sums are taken in that order.
     */
    static void addAll(
            Tensor tensor, NoiseStream[] streams, float[] a, float keep, long from, long to) {
        for (long i = from; i < to; i++) {
            float value = keep * tensor.get(i);
            for (int k = 0; k < streams.length; k++) {
                value += a[k] * streams[k].at(i);
            }
            tensor.set(i, value);
        }
    }

    private long pair(long index) {
        return Threefry.bits(key0, key1, (int) index, (int) (index >>> 32));
    }

    private static float sign(long bits, long i) {
        return ((bits >>> (i & 1) * 32) & 1) == 0 ? 1f : -1f;
    }
}
