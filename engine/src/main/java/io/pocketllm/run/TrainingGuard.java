package io.pocketllm.run;

import io.pocketllm.zo.LinearityProbe;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.StepResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Watches the losses of a run for what goes wrong with forward passes only: a step size that drives
 * the loss away, and an ε too small or too large to measure a slope with.
 */
final class TrainingGuard {

    /** What is to be said, and whether the run ends with it. */
    record Finding(boolean ends, String message, String hint) {}

    /** Steps whose mean loss is the start. */
    private static final int START_STEPS = 10;

    /** Steps in a row that have to be far above the start before a run is ended. */
    private static final int PATIENCE = 50;

    /** Weight of the newest step in the running mean of the loss. */
    private static final double NEWEST = 0.1;

    /** Steps in a row without a measurable difference before a person is told. */
    private static final int FLAT_STEPS = 20;

    /** A mean of fp32 losses differs by about this part of itself by rounding alone. */
    private static final double FLOAT_NOISE = 0x1p-22;

    private final MethodSpec method;
    private double start;
    private int seen;
    private double mean = Double.NaN;
    private int above;
    private int flat;
    private boolean toldSmall;
    private boolean toldLarge;

    TrainingGuard(MethodSpec method) {
        this.method = method;
    }

    /** Looks at a step that was taken. */
    Optional<Finding> after(StepResult step) {
        double loss = (step.lossPlus() + step.lossMinus()) / 2;
        seen++;
        mean = Double.isNaN(mean) ? loss : mean + NEWEST * (loss - mean);
        if (seen <= START_STEPS) {
            start += loss / START_STEPS;
            return small(step, loss);
        }
        above = mean > start + Math.max(1, Math.abs(start)) ? above + 1 : 0;
        if (above >= PATIENCE) {
            return Optional.of(
                    new Finding(
                            true,
                            String.format(
                                    Locale.ROOT,
                                    "The loss has risen from %.3g to %.3g and stayed there for %d"
                                            + " steps.",
                                    start,
                                    mean,
                                    PATIENCE),
                            "Lower method.learningRate (by ten, to begin with); pocketllm tune"
                                    + " looks for a good one."));
        }
        return small(step, loss);
    }

    private Optional<Finding> small(StepResult step, double loss) {
        double width =
                (method.estimator() == MethodSpec.Estimator.TWO_SIDED ? 2 : 1)
                        * method.perturbationScale();
        boolean any = false;
        for (float slope : step.slopes()) {
            any |= Math.abs(slope) * width > FLOAT_NOISE * Math.abs(loss);
        }
        flat = any ? 0 : flat + 1;
        if (flat < FLAT_STEPS || toldSmall) {
            return Optional.empty();
        }
        toldSmall = true;
        return Optional.of(
                new Finding(
                        false,
                        "The losses of a step's probes have been equal up to rounding for "
                                + FLAT_STEPS
                                + " steps: there is no slope to follow.",
                        "Raise method.perturbationScale by ten, or check that the loss depends on"
                                + " what moves."));
    }

    /** Looks at slopes over ±ε and ±ε/2; says once where most of them disagree. */
    Optional<Finding> after(List<LinearityProbe.Slopes> slopes) {
        long disagree = slopes.stream().filter(LinearityProbe.Slopes::disagree).count();
        if (toldLarge || toldSmall || 2 * disagree <= slopes.size()) {
            return Optional.empty();
        }
        toldLarge = true;
        return Optional.of(
                new Finding(
                        false,
                        "The slope over ±ε is not that over ±ε/2 along "
                                + disagree
                                + " of "
                                + slopes.size()
                                + " directions: the loss is not straight over such a distance.",
                        "Lower method.perturbationScale (by three to ten) if the loss does not"
                                + " fall."));
    }
}
