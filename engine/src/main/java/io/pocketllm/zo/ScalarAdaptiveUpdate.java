package io.pocketllm.zo;

/**
 * v = β₂ v + (1 − β₂) g², v̂ = v / (1 − β₂ᵗ), θ −= η / (√v̂ + ζ) · g d (MEAZO): Adam's step size
 * from one scalar, since with one slope a step there is no more to know. With several directions g²
 * is their mean.
 */
final class ScalarAdaptiveUpdate implements UpdateRule.Linear {

    private final double decay;
    private final double stability;
    private double squares;
    private double forgotten = 1;

    ScalarAdaptiveUpdate(double decay, double stability) {
        this.decay = decay;
        this.stability = stability;
    }

    @Override
    public float[] coefficients(float[] slopes, float learningRate) {
        double mean = 0;
        for (float slope : slopes) {
            mean += (double) slope * slope / slopes.length;
        }
        squares = decay * squares + (1 - decay) * mean;
        forgotten *= decay;
        double root = Math.sqrt(squares / (1 - forgotten)) + stability;
        float[] a = new float[slopes.length];
        for (int k = 0; k < a.length && root > 0; k++) {
            a[k] = (float) (-learningRate * slopes[k] / (slopes.length * root));
        }
        return a;
    }
}
