package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;

/**
 * The k-th smallest size in a tensor, exactly and without sorting: the bits of non-negative floats
 * are ordered as the floats are, so two histograms, of the upper and then of the lower 16 bits,
 * find it in two passes.
 */
final class SmallestShare {

    private SmallestShare() {}

    /**
     * The {@code k}-th smallest |θ|.
     *
     * @param k 1 for the smallest; at most the tensor's elements
     */
    static float border(Tensor tensor, long k) {
        if (tensor.elements() == 0) {
            return 0;
        }
        long[] histogram = new long[1 << 16];
        for (long i = 0; i < tensor.elements(); i++) {
            histogram[bits(tensor, i) >>> 16]++;
        }
        long left = k;
        int upper = 0;
        while (left > histogram[upper]) {
            left -= histogram[upper++];
        }
        java.util.Arrays.fill(histogram, 0);
        for (long i = 0; i < tensor.elements(); i++) {
            int bits = bits(tensor, i);
            if (bits >>> 16 == upper) {
                histogram[bits & 0xFFFF]++;
            }
        }
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
