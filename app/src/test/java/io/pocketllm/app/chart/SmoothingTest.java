package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothingTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 0.99, 0.999})
    void agrees_with_the_formula_summed_anew_at_each_point(double weight) {
        Random random = new Random(3);
        double[] xs = random.doubles(400).toArray();
        Smoothing smoothing = new Smoothing(weight);
        for (int n = 0; n < xs.length; n++) {
            double sum = 0;
            double weights = 0;
            for (int i = 0; i <= n; i++) {
                double w = Math.pow(weight, n - i);
                sum += w * xs[i];
                weights += w;
            }
            assertThat(smoothing.next(xs[n])).isCloseTo(sum / weights, offset(1e-9));
        }
    }

    @Test
    void a_constant_stays_itself_from_the_first_point_on() {
        Smoothing smoothing = new Smoothing(0.95);
        for (int i = 0; i < 50; i++) {
            assertThat(smoothing.next(1.25)).isCloseTo(1.25, offset(1e-12));
        }
    }

    @Test
    void what_is_not_finite_gives_a_gap_and_leaves_the_average_as_it_was() {
        Smoothing with = new Smoothing(0.5);
        Smoothing without = new Smoothing(0.5);
        with.next(2);
        without.next(2);
        assertThat(with.next(Double.NaN)).isNaN();
        assertThat(with.next(Double.POSITIVE_INFINITY)).isNaN();
        assertThat(with.next(4)).isEqualTo(without.next(4));
    }

    @Test
    void a_weight_of_one_is_refused() {
        assertThatThrownBy(() -> new Smoothing(1)).hasMessageContaining("below 1");
    }
}
