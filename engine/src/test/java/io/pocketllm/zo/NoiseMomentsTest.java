package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether the noise is distributed as it should be. Seeds are fixed and every bound is some four
 * and a half standard errors, so a run tells the same each time.
 */
class NoiseMomentsTest {

    private static final int COUNT = 1 << 19;
    private static final double SIGMAS = 4.5;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, -1, 0x5DEECE66DL})
    void normalNumbersHaveTheMomentsOfTheNormalDistribution(long seed) {
        double[] z = draw(new NoiseStream(seed, 1, 0, 0, false));

        double mean = Arrays.stream(z).average().orElseThrow();
        double variance = moment(z, mean, 2);
        double skew = moment(z, mean, 3) / Math.pow(variance, 1.5);
        double kurtosis = moment(z, mean, 4) / (variance * variance);
        assertThat(mean).isCloseTo(0, within(1));
        assertThat(variance).isCloseTo(1, within(2));
        assertThat(skew).isCloseTo(0, within(6));
        assertThat(kurtosis).isCloseTo(3, within(24));
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 42, Long.MAX_VALUE})
    void normalNumbersPassTheTestOfKolmogorovAndSmirnov(long seed) {
        double[] z = draw(new NoiseStream(seed, 5, 1, 3, false));

        Arrays.sort(z);
        double distance = 0;
        for (int i = 0; i < z.length; i++) {
            double expected = normalShareBelow(z[i]);
            distance = Math.max(distance, expected - (double) i / z.length);
            distance = Math.max(distance, (i + 1.0) / z.length - expected);
        }
        // 1.95/√n is passed by 999 of 1000 true samples.
        assertThat(distance).isLessThan(1.95 / Math.sqrt(z.length));
    }

    @Test
    void theTailsAreThere() {
        double[] z = draw(new NoiseStream(11, 1, 0, 0, false));

        double beyondThree = Arrays.stream(z).filter(x -> Math.abs(x) > 3).count();
        double expected = 0.0026998 * COUNT;
        assertThat(beyondThree).isCloseTo(expected, offset(SIGMAS * Math.sqrt(expected)));
        assertThat(Arrays.stream(z).max().orElseThrow()).isBetween(4.0, 6.67);
    }

    /** Of 10⁷ normal numbers the largest lies between 4.8 and 6.4 in 99.8 of 100 samples. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theLargestOfTenMillionIsAsLargeAsItShouldBe(long seed) {
        NoiseStream noise = new NoiseStream(seed, 1, 0, 0, false);
        float[] part = new float[1 << 20];
        float largest = 0;
        long beyondFour = 0;
        int parts = 10;
        for (int p = 0; p < parts; p++) {
            noise.fill(part, 0, (long) p * part.length, (p + 1L) * part.length);
            for (float z : part) {
                largest = Math.max(largest, Math.abs(z));
                beyondFour += Math.abs(z) > 4 ? 1 : 0;
            }
        }
        double expected = 6.3342e-5 * parts * part.length;
        assertThat(largest).isBetween(4.8f, 6.4f);
        assertThat((double) beyondFour).isCloseTo(expected, offset(SIGMAS * Math.sqrt(expected)));
    }

    /**
     * Eight neighbours, and eight that share a word, as one byte: χ² with 255 degrees of freedom.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 32})
    void eightSignsTogetherTakeEveryPatternEquallyOften(int stride) {
        double[] z = draw(new NoiseStream(17, 2, 0, 1, true));
        int[] counts = new int[256];
        for (int i = 0; i < COUNT / 8; i++) {
            int first = stride == 1 ? 8 * i : i % 32 + i / 32 * 256;
            int pattern = 0;
            for (int k = 0; k < 8; k++) {
                pattern = 2 * pattern + (z[first + k * stride] > 0 ? 1 : 0);
            }
            counts[pattern]++;
        }
        double expected = COUNT / 8.0 / 256;
        double chiSquare =
                Arrays.stream(counts)
                        .mapToDouble(c -> (c - expected) * (c - expected) / expected)
                        .sum();
        // 999 of 1000 true samples lie below 330.5, and 1 below 190.9.
        assertThat(chiSquare).isBetween(190.9, 330.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, -9})
    void signsAreBalancedAndNothingElse(long seed) {
        double[] z = draw(new NoiseStream(seed, 1, 0, 0, true));

        assertThat(Arrays.stream(z).allMatch(x -> x == 1 || x == -1)).isTrue();
        assertThat(Arrays.stream(z).average().orElseThrow()).isCloseTo(0, within(1));
        // The words of a pair: even and odd elements each on their own.
        assertThat(everyOther(z, 0)).isCloseTo(0, within(2));
        assertThat(everyOther(z, 1)).isCloseTo(0, within(2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTellsDirectionsApartLeavesThemUncorrelated(boolean signs) {
        double[] reference = draw(new NoiseStream(7, 10, 2, 4, signs));

        assertUncorrelated("steps", reference, i -> new NoiseStream(7, 10 + i, 2, 4, signs));
        assertUncorrelated("roles", reference, i -> new NoiseStream(7, 10, 2 + i, 4, signs));
        assertUncorrelated("tensors", reference, i -> new NoiseStream(7, 10, 2, 4 + i, signs));
        assertUncorrelated("seeds", reference, i -> new NoiseStream(7 + i, 10, 2, 4, signs));
        // Neither may one number's place be taken by its neighbour's.
        assertUncorrelated("swapped", reference, i -> new NoiseStream(7, 10, 4, 2, signs));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neighbouringElementsAreUncorrelated(boolean signs) {
        double[] z = draw(new NoiseStream(3, 1, 0, 0, signs));

        for (int lag : new int[] {1, 2, 3, 4, 16, 32, 64, 512, 1024, 65536}) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i + lag < COUNT; i++) {
                sum += z[i] * z[i + lag];
                squares += (z[i] * z[i] - 1) * (z[i + lag] * z[i + lag] - 1);
            }
            assertThat(sum / COUNT).as("lag %d", lag).isCloseTo(0, within(1));
            // Box and Muller's pairs, 32 apart, share a radius: it must not show in the sizes
            // either.
            assertThat(squares / COUNT).as("sizes at lag %d", lag).isCloseTo(0, within(4));
        }
    }

    /** No two of the first tensors, steps and directions share a key. */
    @Test
    void everyDirectionStartsWithItsOwnNumber() {
        java.util.Set<Float> firsts = new java.util.HashSet<>();
        int streams = 0;
        for (int step = 1; step <= 10; step++) {
            for (int role = 0; role < 4; role++) {
                for (int tensor = 0; tensor < 10; tensor++, streams++) {
                    firsts.add(new NoiseStream(1, step, role, tensor, false).at(0));
                }
            }
        }
        assertThat(firsts).hasSize(streams);
    }

    private static void assertUncorrelated(
            String what, double[] reference, IntFunction<NoiseStream> other) {
        for (int i : new int[] {1, 2, 3}) {
            double[] z = draw(other.apply(i));
            double sum = 0;
            for (int k = 0; k < COUNT; k++) {
                sum += reference[k] * z[k];
            }
            assertThat(sum / COUNT).as("%s, %d apart", what, i).isCloseTo(0, within(1));
        }
    }

    private static double[] draw(NoiseStream noise) {
        double[] z = new double[COUNT];
        float[] drawn = new float[COUNT];
        noise.fill(drawn, 0, 0, COUNT);
        Arrays.setAll(z, i -> drawn[i]);
        return z;
    }

    private static double everyOther(double[] z, int first) {
        double sum = 0;
        for (int i = first; i < z.length; i += 2) {
            sum += z[i];
        }
        return sum / (z.length / 2);
    }

    private static double moment(double[] z, double mean, int power) {
        return Arrays.stream(z).map(x -> Math.pow(x - mean, power)).average().orElseThrow();
    }

    /** So many standard errors of a mean of numbers with this variance. */
    private static org.assertj.core.data.Offset<Double> within(double variance) {
        return offset(SIGMAS * Math.sqrt(variance / COUNT));
    }

    /** Φ(x) = ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + …), Marsaglia 2004. */
    private static double normalShareBelow(double x) {
        double sum = x;
        double term = x;
        for (int k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
