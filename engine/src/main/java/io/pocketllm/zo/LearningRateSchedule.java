package io.pocketllm.zo;

/** How the step size changes over a run. */
public enum LearningRateSchedule {
    /** The same at every step, as MeZO has it. */
    CONSTANT("constant"),
    /**
     * Falls in a straight line and would reach zero one step after the last: the noise of late
     * steps averages out.
     */
    LINEAR("linear");

    private final String key;

    LearningRateSchedule(String key) {
        this.key = key;
    }

    /** The word used in run files. */
    public String key() {
        return key;
    }

    /**
     * The step size of a step.
     *
     * @param learningRate the run's step size
     * @param step 1 for the first
     * @param steps steps planned
     */
    public double at(double learningRate, int step, int steps) {
        return switch (this) {
            case CONSTANT -> learningRate;
            case LINEAR -> learningRate * (steps - step + 1) / steps;
        };
    }
}
