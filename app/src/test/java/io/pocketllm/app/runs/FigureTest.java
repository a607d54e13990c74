package io.pocketllm.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.MeanAndDeviation;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void figures_and_differences_say_their_units_once() {
        assertThat(Figure.ACCURACY.print(new MeanAndDeviation(0.844, 0.006)))
                .isEqualTo("84.4 ± 0.6 %");
        assertThat(Figure.LOSS.print(new MeanAndDeviation(0.42, Double.NaN))).isEqualTo("0.420");
        assertThat(Figure.MEMORY.print(new MeanAndDeviation(281e6, 2e6))).isEqualTo("281 ± 2 MB");
        assertThat(Figure.TIME.print(new MeanAndDeviation(122, 61)))
                .isEqualTo("2 min 2 s ± 1 min 1 s");
        assertThat(Figure.TIME.print(Double.NaN)).isEqualTo("–");
        assertThat(Figure.ACCURACY.printDifference(-0.021)).isEqualTo("−2.1");
        assertThat(Figure.MEMORY.printDifference(12e6)).isEqualTo("+12 MB");
        assertThat(Figure.TIME.printDifference(-40)).isEqualTo("−40 s");
        assertThat(Figure.TIME.printDifference(90)).isEqualTo("+90 s");
        assertThat(Figure.TIME.printDifference(4000)).isEqualTo("+1 h 6 min");
        assertThat(Figure.LOSS.printDifference(0.0001)).isEqualTo("±0");
        assertThat(Figure.TIME.better(-40)).isTrue();
        assertThat(Figure.ACCURACY.better(-0.1)).isFalse();
    }
}
