package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Labels of a logarithmic axis: few, round, inside the range. */
class RoundLogAxisTest {

    @Test
    void inside_a_decade_there_are_round_numbers() {
        assertThat(RoundLogAxis.roundNumbers(0.55, 1.1)).containsExactly(0.6, 0.8, 1.0);
        assertThat(RoundLogAxis.roundNumbers(1, 400)).containsExactly(1.0, 10.0, 100.0);
    }

    @Test
    void every_range_has_a_handful() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            double low = Math.pow(10, 13 * random.nextDouble() - 8);
            double high = low * 1.5 * Math.pow(10, 6 * random.nextDouble());
            List<Double> numbers = RoundLogAxis.roundNumbers(low, high);
            assertThat(numbers)
                    .as("%s to %s", low, high)
                    .hasSizeBetween(2, 15)
                    .isSorted()
                    .allMatch(n -> n >= low && n <= high);
        }
    }
}
