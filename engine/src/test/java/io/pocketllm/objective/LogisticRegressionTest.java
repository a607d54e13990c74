package io.pocketllm.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest {

    private static final int CLASSES = 3;
    private static final int SIZE = 6;
    private static final int ROWS = 90;

    private final float[] features = new float[ROWS * SIZE];
    private final int[] labels = new int[ROWS];

    /** Unit rows around one axis a class; {@code noise} says how far from it. */
    private void scatter(double noise) {
        Random random = new Random(17);
        for (int row = 0; row < ROWS; row++) {
            labels[row] = row % CLASSES;
            double squares = 0;
            for (int k = 0; k < SIZE; k++) {
                double x = (k == labels[row] ? 1 : 0) + noise * random.nextGaussian();
                features[row * SIZE + k] = (float) x;
                squares += x * x;
            }
            for (int k = 0; k < SIZE; k++) {
                features[row * SIZE + k] /= (float) Math.sqrt(squares);
            }
        }
    }

    @Test
    void separableDataIsSeparated() {
        scatter(0.1);

        LogisticRegression fitted = LogisticRegression.fit(features, labels, CLASSES, 1e-3);

        Evaluation evaluation = fitted.evaluate(features, labels);
        assertThat(evaluation.accuracy()).isEqualTo(1);
        assertThat(evaluation.loss()).isLessThan(0.2);
        assertThat(evaluation.examples()).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 0.1, 1})
    void theGradientIsZeroWhereItEnds(double l2) {
        scatter(0.8);
        LogisticRegression fitted = LogisticRegression.fit(features, labels, CLASSES, l2);
        double[][] weight = weight(fitted);
        double[] bias = logProbabilities(fitted, new float[SIZE]);

        double[][] gradient = new double[CLASSES][SIZE + 1];
        for (int row = 0; row < ROWS; row++) {
            double[] p = new double[CLASSES];
            double total = 0;
            for (int c = 0; c < CLASSES; c++) {
                double logit = bias[c];
                for (int k = 0; k < SIZE; k++) {
                    logit += weight[c][k] * features[row * SIZE + k];
                }
                p[c] = Math.exp(logit);
                total += p[c];
            }
            for (int c = 0; c < CLASSES; c++) {
                double error = p[c] / total - (c == labels[row] ? 1 : 0);
                for (int k = 0; k < SIZE; k++) {
                    gradient[c][k] += error * features[row * SIZE + k] / ROWS;
                }
                gradient[c][SIZE] += error / ROWS;
            }
        }
        for (int c = 0; c < CLASSES; c++) {
            for (int k = 0; k <= SIZE; k++) {
                double pull = k < SIZE ? l2 * weight[c][k] : 0;
                assertThat(gradient[c][k] + pull).isCloseTo(0, offset(1e-6));
            }
            assertThat(Math.abs(weight[c][c])).as("it has learnt something").isGreaterThan(0.05);
        }
    }

    /**
     * The weights, got by asking: a row of one 1 has the logits of that column plus the bias.
     * Columns sum to zero over the classes, as they start at zero and so do the gradients' sums.
     */
    private static double[][] weight(LogisticRegression fitted) {
        double[][] weight = new double[CLASSES][SIZE];
        double[] bias = logProbabilities(fitted, new float[SIZE]);
        for (int k = 0; k < SIZE; k++) {
            float[] unit = new float[SIZE];
            unit[k] = 1;
            double[] logits = logProbabilities(fitted, unit);
            double mean = 0;
            for (int c = 0; c < CLASSES; c++) {
                weight[c][k] = logits[c] - bias[c];
                mean += weight[c][k] / CLASSES;
            }
            for (int c = 0; c < CLASSES; c++) {
                weight[c][k] -= mean;
            }
        }
        return weight;
    }

    private static double[] logProbabilities(LogisticRegression fitted, float[] row) {
        double[] logs = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            logs[c] = -fitted.evaluate(row, new int[] {c}).loss();
        }
        return logs;
    }

    @Test
    void aStrongerPullGivesSmallerWeights() {
        scatter(0.8);

        double weak = size(LogisticRegression.fit(features, labels, CLASSES, 1e-2));
        double strong = size(LogisticRegression.fit(features, labels, CLASSES, 1));

        assertThat(strong).isLessThan(0.2 * weak);
    }

    @Test
    void theSameDataGivesTheSameBits() {
        scatter(0.5);

        assertThat(
                        LogisticRegression.fit(features, labels, CLASSES, 0.1)
                                .evaluate(features, labels))
                .isEqualTo(
                        LogisticRegression.fit(features, labels, CLASSES, 0.1)
                                .evaluate(features, labels));
    }

    private static double size(LogisticRegression fitted) {
        double squares = 0;
        for (double[] row : weight(fitted)) {
            for (double w : row) {
                squares += w * w;
            }
        }
        return Math.sqrt(squares);
    }
}
