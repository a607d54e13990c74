package io.pocketllm.zo;

/** θ −= η · mean of g d, as MeZO has it. */
final class SgdUpdate implements UpdateRule.Linear {

    @Override
    public float[] coefficients(float[] slopes, float learningRate) {
        float[] a = new float[slopes.length];
        for (int k = 0; k < a.length; k++) {
            a[k] = -learningRate * slopes[k] / slopes.length;
        }
        return a;
    }
}
