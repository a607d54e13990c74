package io.pocketllm.zo;

/**
 * What a step measured.
 *
 * @param step number of the step, 1 for the first
 * @param lossPlus mean loss at the points perturbed forward, nats
 * @param lossMinus the same backward; with one-sided slopes the loss at the parameters themselves
 * @param slopes projected gradient along each direction: (ℓ₊ − ℓ₋) / 2ε, or one-sided (ℓ₊ − ℓ₀) / ε
 * @param learningRate step size used
 * @param chosen what a conservative update did with its step: 1 took it, 0 stayed, −1 went the
 *     other way; 1 for every other update
 */
public record StepResult(
        int step,
        double lossPlus,
        double lossMinus,
        float[] slopes,
        float learningRate,
        float chosen) {

    /** A step that was taken as measured. */
    public StepResult(
            int step, double lossPlus, double lossMinus, float[] slopes, float learningRate) {
        this(step, lossPlus, lossMinus, slopes, learningRate, 1);
    }

    /** False where the loss left the numbers; nothing was updated then. */
    public boolean isFinite() {
        boolean finite =
                Double.isFinite(lossPlus) && Double.isFinite(lossMinus) && Float.isFinite(chosen);
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
