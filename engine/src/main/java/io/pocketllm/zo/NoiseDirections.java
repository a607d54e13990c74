package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;

/**
 * d = z: independent normal numbers (MeZO, arXiv 2305.17333) or signs, as the source gives them.
 */
final class NoiseDirections implements DirectionSampler {

    private final NoiseSource noise;
    private int step;

    NoiseDirections(NoiseSource noise) {
        this.noise = noise;
    }

    @Override
    public void begin(int next) {
        step = next;
    }

    @Override
    public void fill(int k, int t, float[] target, long from, long to) {
        noise.fill(step, k, t, target, from, to);
    }

    @Override
    public void addAll(Tensor target, int t, int[] ks, float[] a, float keep, long from, long to) {
        noise.addAll(step, ks, t, target, a, keep, from, to);
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public void addAcross(
            Tensor target,
            int t,
            int[] steps,
            int[] ks,
            float[] a,
            float keep,
            long from,
            long to) {
        noise.addAll(steps, ks, t, target, a, keep, from, to);
    }
}
