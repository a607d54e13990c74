package io.pocketllm.tensor;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The k-th smallest size in a tensor, exactly and without sorting: the bits of non-negative floats
 * are ordered as the floats are, so two histograms, of the upper and then of the lower 16 bits,
 * find it in two passes.
 */
public final class SmallestShare {

    /** Numbers that are not all in memory at once, but can be passed as often as one likes. */
    @FunctionalInterface
    public interface Stripes<E extends Exception> {

        /** Gives all of them, piece by piece. */
        void each(Consumer<Tensor> stripe) throws E;
    }

    private SmallestShare() {}

    /**
     * The {@code k}-th smallest |θ|.
     *
     * @param k 1 for the smallest; at most the tensor's elements
     */
    public static float border(Tensor tensor, long k) {
        return tensor.elements() == 0 ? 0 : border(stripe -> stripe.accept(tensor), k);
    }

    /** The same over stripes, of which there must be {@code k} numbers at least. */
    public static <E extends Exception> float border(Stripes<E> stripes, long k) throws E {
        long[] histogram = new long[1 << 16];
        stripes.each(
                tensor -> {
                    for (long i = 0; i < tensor.elements(); i++) {
                        histogram[bits(tensor, i) >>> 16]++;
                    }
                });
        long left = k;
        int upper = 0;
        while (left > histogram[upper]) {
            left -= histogram[upper++];
        }
        int half = upper;
        Arrays.fill(histogram, 0);
        stripes.each(
                tensor -> {
                    for (long i = 0; i < tensor.elements(); i++) {
                        int bits = bits(tensor, i);
                        if (bits >>> 16 == half) {
                            histogram[bits & 0xFFFF]++;
                        }
                    }
                });
        int lower = 0;
        while (left > histogram[lower]) {
            left -= histogram[lower++];
        }
        return Float.intBitsToFloat(upper << 16 | lower);
    }

    private static int bits(Tensor tensor, long i) {
        return Float.floatToRawIntBits(tensor.get(i)) & 0x7FFFFFFF;
    }
}
