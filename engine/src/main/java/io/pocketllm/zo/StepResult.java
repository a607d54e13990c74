package io.pocketllm.zo;

/**
 * What a step measured.
 *
 * @param step number of the step, 1 for the first
 * @param lossPlus mean loss at the points perturbed forward, nats
 * @param lossMinus the same backward
 * @param slopes projected gradient along each direction, (ℓ₊ − ℓ₋) / 2ε
 * @param learningRate step size used
 */
public record StepResult(
        int step, double lossPlus, double lossMinus, float[] slopes, float learningRate) {

    /** False where the loss left the numbers; nothing was updated then. */
    public boolean isFinite() {
        boolean finite = Double.isFinite(lossPlus) && Double.isFinite(lossMinus);
        for (float slope : slopes) {
            finite &= Float.isFinite(slope);
        }
        return finite;
    }

    /** The slope for people: the one measured, or with several the mean of their sizes. */
    public double projectedGradient() {
        if (slopes.length == 1) {
            return slopes[0];
        }
        double sum = 0;
        for (float slope : slopes) {
            sum += Math.abs(slope);
        }
        return sum / slopes.length;
    }
}
