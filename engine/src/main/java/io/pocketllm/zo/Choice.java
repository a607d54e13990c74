package io.pocketllm.zo;

import java.util.function.DoubleSupplier;

/**
 * Which of θ, θ + Σ aₖ dₖ and θ − Σ aₖ dₖ a conservative update ends at. The parameters walk
 * through all three whoever decides, so that a replay repeats every rounding.
 */
sealed interface Choice {

    /** Visits θ, the step forth and the step back, in this order, and says which it is. */
    float decide(Stops walk);

    /** Moves to one of the three, then asks there. */
    @FunctionalInterface
    interface Stops {
        void go(int where);
    }

    /** Whichever has the lowest loss; of equals the first of stay, forth, back. */
    record Lowest(DoubleSupplier loss) implements Choice {
        @Override
        public float decide(Stops walk) {
            float best = Float.NaN;
            double lowest = Double.POSITIVE_INFINITY;
            for (int where : new int[] {0, 1, -1}) {
                walk.go(where);
                double here = loss.getAsDouble();
                if (here < lowest) {
                    lowest = here;
                    best = where;
                }
            }
            return best;
        }
    }

    /** The one that was chosen when the step was taken. */
    record Known(float chosen) implements Choice {
        @Override
        public float decide(Stops walk) {
            for (int where : new int[] {0, 1, -1}) {
                walk.go(where);
            }
            return chosen;
        }
    }

    /**
     * Walks, decides, and leaves the parameters at the choice; back at θ where no loss was finite.
     *
     * @return 1, 0, −1, or NaN where no loss was finite
     */
    default float between(Walk walk, float[] a) {
        walk.to(Point.BASE);
        float chosen =
                decide(
                        where -> {
                            if (where != 0) {
                                walk.update(times(a, where == 1 ? 1 : -2), 0);
                            }
                        });
        // The walk stands at −1.
        if (chosen == 1) {
            walk.update(times(a, 2), 0);
        } else if (chosen != -1) {
            walk.update(times(a, 1), 0);
        }
        return chosen;
    }

    private static float[] times(float[] a, float factor) {
        float[] product = new float[a.length];
        for (int k = 0; k < a.length; k++) {
            product[k] = factor * a[k];
        }
        return product;
    }
}
