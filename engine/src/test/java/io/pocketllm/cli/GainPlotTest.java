package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.LearningRateFinder.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class GainPlotTest {

    @Test
    void barsAreAsLongAsTheLossFellAndTheRestSaysWhy() {
        String plot =
                GainPlot.of(
                        List.of(
                                new Trial(0.01, 1, 0.9),
                                new Trial(0.1, 1, 0.6),
                                new Trial(1, 1, 1.25),
                                new Trial(10, 1, Double.NaN)));

        assertThat(plot.lines())
                .containsExactly(
                        "0.01       |########## fell by 0.1000",
                        "0.1        |" + "#".repeat(40) + " fell by 0.4000",
                        "1.0        |< rose by 0.2500",
                        "10.0       |x left the numbers");
    }

    @Test
    void aFallTooSmallForACellIsStillSeen() {
        assertThat(GainPlot.of(List.of(new Trial(1, 1, 0.9999), new Trial(2, 1, 0))))
                .startsWith("1.0        |# fell by 0.0001");
    }
}
