package io.pocketllm.zo;

/**
 * θ −= η / (N ε σ) · Σ (ℓᵢ − ℓ₀) dᵢ with σ the sample deviation of the N losses (FZOO, arXiv
 * 2506.09034): steps are long where the losses agree. ℓ₀ is in each slope alike, so σ = ε · the
 * slopes' deviation. Where all losses are equal nothing moves.
 */
final class VarianceNormalisedUpdate implements UpdateRule.Linear {

    private final float epsilon;

    VarianceNormalisedUpdate(double perturbationScale) {
        this.epsilon = (float) perturbationScale;
    }

    @Override
    public float[] coefficients(float[] slopes, float learningRate) {
        int n = slopes.length;
        double mean = 0;
        for (float slope : slopes) {
            mean += slope / (double) n;
        }
        double squares = 0;
        for (float slope : slopes) {
            squares += (slope - mean) * (slope - mean);
        }
        double deviation = epsilon * Math.sqrt(squares / (n - 1));
        float[] a = new float[n];
        for (int k = 0; k < n && deviation > 0; k++) {
            a[k] = (float) (-learningRate * slopes[k] / (n * deviation));
        }
        return a;
    }
}
