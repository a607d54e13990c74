package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;

/**
 * How the parameters get from point to point of a step and to the next step's θ. A replay makes the
 * same moves without asking for a loss, so that every rounding is repeated.
 */
sealed interface Walk extends AutoCloseable permits InPlaceWalk, StreamedWalk {

    /** θ becomes that of {@code next}, for whoever runs the model. */
    void to(Point next);

    /**
     * From wherever the walk stands to keep · θ + Σ aₖ dₖ, which is the new θ.
     *
     * @param a one coefficient for each direction
     * @param decay share of θ that weights lose; biases and normalisation weights keep all
     */
    void update(float[] a, double decay);

    /** {@link #update}, which may wait for the next move; the bits are the same. */
    void updateLater(float[] a, double decay);

    /** Makes an update that was put off. */
    void settle();

    /** What the passes did since this was last asked. */
    PassCount takeCount();

    @Override
    default void close() {}

    /** The share of a tensor that a step leaves. */
    static float keep(Tensor tensor, double decay) {
        return decay > 0 && MethodSpec.decays(tensor.name()) ? (float) (1 - decay) : 1;
    }

    /** 0, 1, … up to the number of directions. */
    static int[] every(int directions) {
        int[] all = new int[directions];
        for (int k = 0; k < directions; k++) {
            all[k] = k;
        }
        return all;
    }
}
