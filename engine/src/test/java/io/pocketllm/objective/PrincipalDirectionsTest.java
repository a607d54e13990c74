package io.pocketllm.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrincipalDirectionsTest {

    private static final int SIZE = 12;
    private static final int ROWS = 4000;

    /** How far the inputs reach along three planted directions. */
    private static final double[] REACH = {5, 2, 0.5};

    private final double[][] planted = orthonormal(REACH.length, new Random(1));
    private final float[] rows = new float[ROWS * SIZE];

    private PrincipalDirections gathered() {
        Random random = new Random(2);
        PrincipalDirections directions = new PrincipalDirections(SIZE);
        for (int row = 0; row < ROWS; row++) {
            for (int d = 0; d < REACH.length; d++) {
                double along = REACH[d] * random.nextGaussian();
                for (int k = 0; k < SIZE; k++) {
                    rows[row * SIZE + k] += (float) (along * planted[d][k]);
                }
            }
            directions.add(rows, row * SIZE);
        }
        return directions;
    }

    @Test
    void plantedDirectionsAreFoundLargestFirstAsUnitColumns() {
        float[] columns = gathered().columns(3, 0);

        for (int d = 0; d < 3; d++) {
            for (int other = 0; other <= d; other++) {
                double product = 0;
                for (int k = 0; k < SIZE; k++) {
                    product += (double) columns[k * 3 + d] * columns[k * 3 + other];
                }
                assertThat(product).isCloseTo(d == other ? 1 : 0, offset(1e-6));
            }
            assertThat(Math.abs(along(columns, 3, d, planted[d])))
                    .as("direction %d", d)
                    .isGreaterThan(0.999);
        }
    }

    @Test
    void theExponentMinusOneMakesTheInputsAlikeInSizeAlongEveryColumn() {
        PrincipalDirections directions = gathered();

        double[][] moments = moments(directions.columns(3, -1));
        for (int d = 0; d < 3; d++) {
            for (int other = 0; other < 3; other++) {
                assertThat(moments[d][other]).isCloseTo(d == other ? 1 : 0, offset(1e-3));
            }
        }
    }

    @Test
    void otherExponentsStretchTheColumnsByTheReach() {
        PrincipalDirections directions = gathered();
        double[][] unit = moments(directions.columns(3, 0));
        float[] plusOne = directions.columns(3, 1);
        float[] half = directions.columns(3, -0.5);

        for (int d = 0; d < 3; d++) {
            double reach = Math.sqrt(unit[d][d]);
            assertThat(reach).isCloseTo(REACH[d], offset(0.05 * REACH[d]));
            assertThat(length(plusOne, 3, d)).isCloseTo(reach, offset(1e-4 * reach));
            assertThat(length(half, 3, d)).isCloseTo(1 / Math.sqrt(reach), offset(1e-4));
        }
    }

    /** Nothing was seen along the other nine: whitening may not blow them up without bound. */
    @Test
    void directionsInWhichNothingWasSeenStayFinite() {
        float[] columns = gathered().columns(SIZE, -1);

        for (float value : columns) {
            assertThat(value).isFinite();
        }
        assertThat(length(columns, SIZE, SIZE - 1)).isLessThanOrEqualTo(1.001 * 1e4 / 4.8);
    }

    @Test
    void moreColumnsThanDimensionsAreCutDown() {
        assertThat(gathered().columns(100, 0)).hasSize(SIZE * SIZE);
    }

    /** An eigenvector's sign is arbitrary: it may not differ between two runs. */
    @Test
    void theLargestComponentOfEachColumnIsPositive() {
        float[] columns = gathered().columns(SIZE, 0);

        for (int d = 0; d < SIZE; d++) {
            float largest = 0;
            for (int k = 0; k < SIZE; k++) {
                float value = columns[k * SIZE + d];
                largest = Math.abs(value) > Math.abs(largest) ? value : largest;
            }
            assertThat(largest).as("column %d", d).isPositive();
        }
    }

    @Test
    void inputsThatAreNoNumbersAreRefused() {
        PrincipalDirections directions = new PrincipalDirections(2);
        directions.add(new float[] {1, Float.NaN}, 0);

        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> directions.columns(1, 0))
                .withMessageContaining("not finite");
    }

    /** Second moments of the rows' coordinates along three columns. */
    private double[][] moments(float[] columns) {
        double[][] moments = new double[3][3];
        for (int row = 0; row < ROWS; row++) {
            double[] x = new double[3];
            for (int d = 0; d < 3; d++) {
                for (int k = 0; k < SIZE; k++) {
                    x[d] += (double) rows[row * SIZE + k] * columns[k * 3 + d];
                }
            }
            for (int d = 0; d < 3; d++) {
                for (int other = 0; other < 3; other++) {
                    moments[d][other] += x[d] * x[other] / ROWS;
                }
            }
        }
        return moments;
    }

    private static double along(float[] columns, int count, int d, double[] direction) {
        double product = 0;
        for (int k = 0; k < SIZE; k++) {
            product += columns[k * count + d] * direction[k];
        }
        return product;
    }

    private static double length(float[] columns, int count, int d) {
        double squares = 0;
        for (int k = 0; k < SIZE; k++) {
            squares += Math.pow(columns[k * count + d], 2);
        }
        return Math.sqrt(squares);
    }

    /** Gram and Schmidt. */
    private static double[][] orthonormal(int count, Random random) {
        double[][] basis = new double[count][SIZE];
        for (int d = 0; d < count; d++) {
            for (int k = 0; k < SIZE; k++) {
                basis[d][k] = random.nextGaussian();
            }
            for (int other = 0; other <= d; other++) {
                double product = 0;
                for (int k = 0; k < SIZE; k++) {
                    product += basis[d][k] * basis[other][k];
                }
                for (int k = 0; k < SIZE; k++) {
                    basis[d][k] -= other < d ? product * basis[other][k] : 0;
                    basis[d][k] /= other < d ? 1 : Math.sqrt(product);
                }
            }
        }
        return basis;
    }
}
