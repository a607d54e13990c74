package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Snapshot;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Asks whether ε is small enough: along a few directions the slope over ±ε should be that over
 * ±ε/2. The parameters are put back bit for bit, so a run with such probes is the same run.
 */
public final class LinearityProbe {

    /** Directions of a probe; four forward passes each. */
    private static final int DIRECTIONS = 3;

    /** Roles that no step draws from. */
    private static final int ROLE = 1 << 22;

    private LinearityProbe() {}

    /**
     * The slopes along one direction.
     *
     * @param whole over ±ε
     * @param half over ±ε/2
     */
    public record Slopes(double whole, double half) {

        /** Whether the two tell different stories: another sign, or half as much again. */
        public boolean disagree() {
            double larger = Math.max(Math.abs(whole), Math.abs(half));
            return larger > 0 && Math.abs(whole - half) > 0.5 * larger;
        }
    }

    /**
     * Measures.
     *
     * @param step decides the directions
     * @param loss the loss at the parameters as they stand
     */
    public static List<Slopes> measure(
            ParameterStore parameters,
            MethodSpec method,
            long seed,
            int step,
            DoubleSupplier loss) {
        float epsilon = (float) method.perturbationScale();
        NoiseSource noise = MethodParts.noise(method, seed);
        List<Slopes> slopes = new ArrayList<>();
        try (Snapshot start = new Snapshot(parameters)) {
            for (int d = 0; d < DIRECTIONS; d++) {
                double[] losses = new double[4];
                float[] at = {epsilon, -epsilon, epsilon / 2, -epsilon / 2};
                for (int i = 0; i < at.length; i++) {
                    int t = 0;
                    for (Tensor tensor : parameters.tensors()) {
                        noise.addAll(
                                step,
                                new int[] {ROLE + d},
                                t++,
                                tensor,
                                new float[] {at[i]},
                                1,
                                0,
                                tensor.elements());
                    }
                    losses[i] = loss.getAsDouble();
                    start.restore();
                }
                slopes.add(
                        new Slopes(
                                (losses[0] - losses[1]) / (2.0 * epsilon),
                                (losses[2] - losses[3]) / epsilon));
            }
        }
        return slopes;
    }
}
