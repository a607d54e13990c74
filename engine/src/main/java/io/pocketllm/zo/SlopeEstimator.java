package io.pocketllm.zo;

import java.util.ArrayList;
import java.util.List;

/** How slopes are measured: the points a step visits, and what their losses say. */
sealed interface SlopeEstimator {

    /** The points of a step, in the order they are visited. */
    List<Point> points();

    /**
     * One slope for each direction.
     *
     * @param losses the loss at each of {@link #points}, nats
     */
    Measured measure(double[] losses);

    /**
     * What a step measured.
     *
     * @param plus mean loss of the points moved forward
     * @param minus mean loss of the points moved backward, or the loss at θ where none are
     */
    record Measured(double plus, double minus, float[] slopes) {}

    /** The estimator of a method. */
    static SlopeEstimator of(MethodSpec method) {
        float epsilon = (float) method.perturbationScale();
        return switch (method.estimator()) {
            case TWO_SIDED -> new TwoSided(epsilon, method.directions());
            case ONE_SIDED -> new OneSided(epsilon, method.directions());
        };
    }

    /** g = (ℓ₊ − ℓ₋) / 2ε along each direction. */
    record TwoSided(float epsilon, int directions) implements SlopeEstimator {

        @Override
        public List<Point> points() {
            List<Point> points = new ArrayList<>();
            for (int d = 0; d < directions; d++) {
                points.add(new Point(d, epsilon));
                points.add(new Point(d, -epsilon));
            }
            return points;
        }

        @Override
        public Measured measure(double[] losses) {
            float[] slopes = new float[directions];
            double plus = 0;
            double minus = 0;
            for (int d = 0; d < directions; d++) {
                plus += losses[2 * d] / directions;
                minus += losses[2 * d + 1] / directions;
                slopes[d] = (float) ((losses[2 * d] - losses[2 * d + 1]) / (2.0 * epsilon));
            }
            return new Measured(plus, minus, slopes);
        }
    }

    /** g = (ℓᵢ − ℓ₀) / ε along each direction, ℓ₀ shared by all. */
    record OneSided(float epsilon, int directions) implements SlopeEstimator {

        @Override
        public List<Point> points() {
            List<Point> points = new ArrayList<>(List.of(Point.BASE));
            for (int d = 0; d < directions; d++) {
                points.add(new Point(d, epsilon));
            }
            return points;
        }

        @Override
        public Measured measure(double[] losses) {
            float[] slopes = new float[directions];
            double plus = 0;
            for (int d = 0; d < directions; d++) {
                plus += losses[d + 1] / directions;
                slopes[d] = (float) ((losses[d + 1] - losses[0]) / (double) epsilon);
            }
            return new Measured(plus, losses[0], slopes);
        }
    }
}
