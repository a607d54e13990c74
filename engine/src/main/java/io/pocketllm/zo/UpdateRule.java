package io.pocketllm.zo;

/** What is done with the measured slopes. */
sealed interface UpdateRule extends AutoCloseable {

    /** A rule that needs no more than a coefficient for each direction: θ = keep · θ + Σ aₖ dₖ. */
    non-sealed interface Linear extends UpdateRule {

        /** The coefficients, sign included, from one slope for each direction. */
        float[] coefficients(float[] slopes, float learningRate);
    }

    /** A rule that keeps numbers between steps for each element that moves. */
    non-sealed interface Buffered extends UpdateRule {

        /** Called once a step after its directions are drawn. */
        default void begin(int step) {}

        /** Called before the tensors are moved. */
        default void learn(float[] slopes) {}

        /**
         * Moves elements [from, to) of a tensor; called once for each element and step, from any
         * thread.
         *
         * @param t place of the tensor in the space
         * @param keep share of θ that weight decay leaves
         */
        void move(int t, float[] slopes, float learningRate, float keep, long from, long to);
    }

    @Override
    default void close() {}
}
