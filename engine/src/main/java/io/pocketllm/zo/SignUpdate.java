package io.pocketllm.zo;

/** θ −= η · mean of sign(g) d: the slope's size is left out. */
final class SignUpdate implements UpdateRule.Linear {

    @Override
    public float[] coefficients(float[] slopes, float learningRate) {
        float[] a = new float[slopes.length];
        for (int k = 0; k < a.length; k++) {
            a[k] = -learningRate * Math.signum(slopes[k]) / slopes.length;
        }
        return a;
    }
}
