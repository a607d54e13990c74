package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** How many times longer steps are, and how sure that is. */
class StepRatioTest {

    private static SortedMap<Integer, Double> byStep(List<Double> millis) {
        SortedMap<Integer, Double> map = new TreeMap<>();
        for (int i = 0; i < millis.size(); i++) {
            map.put(i + 1, millis.get(i));
        }
        return map;
    }

    private static SortedMap<Integer, Double> times(SortedMap<Integer, Double> map, double factor) {
        SortedMap<Integer, Double> longer = new TreeMap<>();
        map.forEach((step, millis) -> longer.put(step, factor * millis));
        return longer;
    }

    @Property(tries = 100)
    void stepsThatAllTakeSoManyTimesAsLongHaveThatRatioExactly(
            @ForAll @Size(min = 2, max = 60) List<@DoubleRange(min = 1, max = 1e5) Double> millis,
            @ForAll @DoubleRange(min = 0.1, max = 20) double factor) {
        SortedMap<Integer, Double> simulated = byStep(millis);

        StepRatio ratio = StepRatio.of(times(simulated, factor), simulated, Integer.MAX_VALUE);

        assertThat(ratio.ratio()).isCloseTo(factor, within(1e-9 * factor));
        assertThat(ratio.uncertainty()).isCloseTo(0, within(1e-9));
        assertThat(ratio.realMillis())
                .isCloseTo(factor * ratio.simulatedMillis(), within(1e-6 * ratio.realMillis()));
    }

    /** Somebody else's work, a collected heap: a minority of steps that take ten times as long. */
    @Property(tries = 50)
    void aFewDisturbedStepsDoNotMoveIt(@ForAll @IntRange(min = 0, max = 10_000) int seed) {
        Random random = new Random(seed);
        SortedMap<Integer, Double> simulated = new TreeMap<>();
        SortedMap<Integer, Double> real = new TreeMap<>();
        for (int step = 1; step <= 105; step++) {
            double millis = 100 + random.nextInt(300);
            simulated.put(step, millis);
            boolean disturbed = step % 5 == 0;
            real.put(step, millis * (disturbed ? 10 : 1.2 + 0.02 * (random.nextDouble() - 0.5)));
        }

        StepRatio ratio = StepRatio.of(real, simulated, Integer.MAX_VALUE);

        assertThat(ratio.steps()).isEqualTo(100);
        assertThat(ratio.ratio()).isBetween(1.19, 1.21);
        assertThat(ratio.uncertainty()).isBetween(0.0, 0.01);
    }

    @Example
    void itIsTheMoreCertainTheMoreStepsThereAre() {
        double few = uncertainty(25);
        double many = uncertainty(2505);

        assertThat(many).isCloseTo(few / Math.sqrt(2500 / 20.0), within(0.4 * many));
    }

    private static double uncertainty(int steps) {
        Random random = new Random(1);
        SortedMap<Integer, Double> simulated = new TreeMap<>();
        SortedMap<Integer, Double> real = new TreeMap<>();
        for (int step = 1; step <= steps; step++) {
            simulated.put(step, 100.0);
            real.put(step, 100 + 5 * random.nextGaussian());
        }
        return StepRatio.of(real, simulated, Integer.MAX_VALUE).uncertainty();
    }

    /** Of 100 ± 5 the median of 2500 is within two standard errors: 2 · 1.2533 · 5 / 50 = 0.25. */
    @Example
    void itsUncertaintyIsTwoStandardErrorsOfAMedian() {
        assertThat(uncertainty(2505)).isCloseTo(0.0025, within(0.0003));
    }

    @Example
    void theFirstStepsAreLeftOut() {
        SortedMap<Integer, Double> simulated = new TreeMap<>();
        SortedMap<Integer, Double> real = new TreeMap<>();
        for (int step = 1; step <= 12; step++) {
            simulated.put(step, 100.0);
            real.put(step, step <= 4 ? 900.0 : 110.0);
        }

        StepRatio ratio = StepRatio.of(real, simulated, Integer.MAX_VALUE);

        assertThat(ratio.steps()).isEqualTo(8);
        assertThat(ratio.ratio()).isEqualTo(1.1);
        assertThat(ratio.realDeviation()).isZero();
    }

    @Example
    void onlyStepsOfBothCountAndNoneAfterTheLast() {
        SortedMap<Integer, Double> real = new TreeMap<>();
        SortedMap<Integer, Double> simulated = new TreeMap<>();
        for (int step = 1; step <= 40; step++) {
            real.put(step, step <= 30 ? 100.0 : 1000.0);
            if (step % 2 == 0) {
                simulated.put(step, 100.0);
            }
        }

        assertThat(StepRatio.of(real, simulated, 30).steps()).isEqualTo(15 - 5);
        assertThat(StepRatio.of(real, simulated, 30).ratio()).isEqualTo(1);
    }

    @Example
    void nothingToCompareIsNotANumber() {
        StepRatio none = StepRatio.of(new TreeMap<>(), new TreeMap<>(), Integer.MAX_VALUE);

        assertThat(none.steps()).isZero();
        assertThat(none.ratio()).isNaN();
        assertThat(none.uncertainty()).isNaN();
        SortedMap<Integer, Double> zeros = byStep(List.of(0.0, 0.0, 0.0));
        assertThat(StepRatio.of(byStep(List.of(1.0, 2.0, 3.0)), zeros, 9).steps()).isZero();
    }
}
