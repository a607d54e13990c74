package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;

/** Works through a tensor piece by piece, with what is added to it drawn into a small buffer. */
final class Chunks {

    /** Writes elements [from, to) of the k-th summand to a buffer from index 0 on. */
    @FunctionalInterface
    interface Summand {
        void fill(int k, float[] buffer, long from, long to);
    }

    private Chunks() {}

    /**
     * θ = keep · θ + Σ aₖ xₖ over elements [from, to): each product is rounded before its sum, the
     * sums are taken in order; the same arithmetic as {@link NoiseStream#addAll}.
     */
    static void addAll(Tensor tensor, float[] a, float keep, long from, long to, Summand summand) {
        float[] value = new float[NoiseSource.CHUNK];
        float[] draw = new float[NoiseSource.CHUNK];
        for (long start = from; start < to; start += NoiseSource.CHUNK) {
            long end = Math.min(to, start + NoiseSource.CHUNK);
            int count = (int) (end - start);
            for (int i = 0; i < count; i++) {
                value[i] = keep * tensor.get(start + i);
            }
            for (int k = 0; k < a.length; k++) {
                summand.fill(k, draw, start, end);
                for (int i = 0; i < count; i++) {
                    value[i] += a[k] * draw[i];
                }
            }
            for (int i = 0; i < count; i++) {
                tensor.set(start + i, value[i]);
            }
        }
    }
}
