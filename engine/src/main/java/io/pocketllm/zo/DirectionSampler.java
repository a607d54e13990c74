package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;

/**
 * How the directions of a step are drawn. A step may have several; each is a number for every
 * element of every tensor of the space, never stored as a whole.
 *
 * <p>Between two calls of {@link #begin} the directions stay the same however often and by how many
 * threads they are asked for.
 */
sealed interface DirectionSampler extends AutoCloseable
        permits NoiseDirections, LowRankDirections, SparseDirections, ConeDirections {

    /** Called before a step's first probe, with the parameters where the last step left them. */
    void begin(int step);

    /**
     * Writes elements [from, to) of a direction to {@code target} from index 0 on.
     *
     * @param k which of the step's directions
     * @param t place of the tensor in the space
     */
    void fill(int k, int t, float[] target, long from, long to);

    /**
     * θ = keep · θ + Σ aⱼ d(kⱼ) over elements [from, to) of a tensor, in one pass.
     *
     * @param target the parameters themselves or a copy of them, of the same size
     */
    default void addAll(Tensor target, int t, int[] ks, float[] a, float keep, long from, long to) {
        Chunks.addAll(
                target,
                a,
                keep,
                from,
                to,
                (j, buffer, start, end) -> fill(ks[j], t, buffer, start, end));
    }

    /**
     * The step whose directions are drawn, where those of earlier steps can be drawn again: what
     * {@link #addAcross} needs. −1 where a direction is gone with its step.
     */
    default int step() {
        return -1;
    }

    /**
     * {@link #addAll} with directions of several steps; direction j is that of {@code steps[j]}.
     */
    default void addAcross(
            Tensor target,
            int t,
            int[] steps,
            int[] ks,
            float[] a,
            float keep,
            long from,
            long to) {
        throw new IllegalStateException("these directions are gone with their step");
    }

    /** Told the slopes after the parameters have moved; for directions that remember. */
    default void learn(float[] slopes) {}

    @Override
    default void close() {}
}
