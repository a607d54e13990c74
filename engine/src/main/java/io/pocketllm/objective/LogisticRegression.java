package io.pocketllm.objective;

/**
 * Multinomial logistic regression by full-batch gradient descent with Nesterov momentum: the
 * first-order reference that a head trained by forward passes is held against. Deterministic.
 *
 * <p>Minimises mean cross-entropy + l2/2 · ‖weight‖² over rows of unit length scaled by {@code
 * scale}.
 */
public final class LogisticRegression {

    private static final int ITERATIONS = 400;
    private static final double MOMENTUM = 0.9;

    private final int classes;
    private final int size;
    private final double[] weight;
    private final double[] bias;

    private LogisticRegression(int classes, int size) {
        this.classes = classes;
        this.size = size;
        this.weight = new double[classes * size];
        this.bias = new double[classes];
    }

    /**
     * Fits a head.
     *
     * @param features shape (rows, size), row-major, rows of length about 1
     * @param labels class of each row
     * @param l2 strength of the pull towards zero
     */
    public static LogisticRegression fit(float[] features, int[] labels, int classes, double l2) {
        int rows = labels.length;
        LogisticRegression fitted = new LogisticRegression(classes, features.length / rows);
        // The loss is 1/2-smooth in the logits, and rows have length 1 (plus 1 for the bias): 1/L
        // is at least 1/(1 + l2).
        double rate = 1.0 / (1.0 + l2);
        double[] velocity = new double[fitted.weight.length];
        double[] biasVelocity = new double[classes];
        for (int i = 0; i < ITERATIONS; i++) {
            fitted.step(features, labels, l2, rate, velocity, biasVelocity);
        }
        return fitted;
    }

    private void step(
            float[] features,
            int[] labels,
            double l2,
            double rate,
            double[] velocity,
            double[] biasVelocity) {
        double[] gradient = new double[weight.length];
        double[] biasGradient = new double[classes];
        double[] probabilities = new double[classes];
        int rows = labels.length;
        for (int row = 0; row < rows; row++) {
            softmax(features, row, probabilities);
            probabilities[labels[row]] -= 1;
            for (int c = 0; c < classes; c++) {
                double error = probabilities[c] / rows;
                biasGradient[c] += error;
                for (int k = 0; k < size; k++) {
                    gradient[c * size + k] += error * features[row * size + k];
                }
            }
        }
        for (int i = 0; i < weight.length; i++) {
            double g = gradient[i] + l2 * weight[i];
            velocity[i] = MOMENTUM * velocity[i] + g;
            weight[i] -= rate * (g + MOMENTUM * velocity[i]);
        }
        for (int c = 0; c < classes; c++) {
            biasVelocity[c] = MOMENTUM * biasVelocity[c] + biasGradient[c];
            bias[c] -= rate * (biasGradient[c] + MOMENTUM * biasVelocity[c]);
        }
    }

    private void softmax(float[] features, int row, double[] out) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            double sum = bias[c];
            for (int k = 0; k < size; k++) {
                sum += weight[c * size + k] * features[row * size + k];
            }
            out[c] = sum;
            max = Math.max(max, sum);
        }
        double total = 0;
        for (int c = 0; c < classes; c++) {
            out[c] = StrictMath.exp(out[c] - max);
            total += out[c];
        }
        for (int c = 0; c < classes; c++) {
            out[c] /= total;
        }
    }

    /** Loss and accuracy on other rows. */
    public Evaluation evaluate(float[] features, int[] labels) {
        double[] probabilities = new double[classes];
        double loss = 0;
        ClassCounts counts = new ClassCounts(classes);
        for (int row = 0; row < labels.length; row++) {
            softmax(features, row, probabilities);
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = probabilities[c] > probabilities[best] ? c : best;
            }
            counts.add(best, labels[row]);
            loss -= StrictMath.log(Math.max(probabilities[labels[row]], Double.MIN_NORMAL));
        }
        return Evaluation.of(loss / labels.length, counts, null);
    }
}
