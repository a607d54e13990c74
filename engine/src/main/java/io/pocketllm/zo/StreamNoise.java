package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;

/**
 * The noise of a run: every draw made again from its key whenever it is needed.
 *
 * @param signs ±1 instead of normal numbers
 */
record StreamNoise(long seed, boolean signs) implements NoiseSource {

    private NoiseStream stream(int step, int role, int tensor) {
        return new NoiseStream(seed, step, role, tensor, signs);
    }

    @Override
    public void fill(int step, int role, int tensor, float[] target, long from, long to) {
        stream(step, role, tensor).fill(target, 0, from, to);
    }

    @Override
    public void addAll(
            int[] steps,
            int[] roles,
            int place,
            Tensor tensor,
            float[] a,
            float keep,
            long from,
            long to) {
        NoiseStream[] streams = new NoiseStream[roles.length];
        for (int k = 0; k < roles.length; k++) {
            streams[k] = stream(steps[k], roles[k], place);
        }
        NoiseStream.addAll(tensor, streams, a, keep, from, to);
    }
}
