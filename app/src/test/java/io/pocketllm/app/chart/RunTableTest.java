package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RunTableTest {

    @Test
    void has_one_row_a_step_and_one_for_the_start() throws IOException {
        RunSeries series = new RunSeries();
        series.smooth(0);
        series.accept(Sample.started(0, 3));
        series.accept(Sample.evaluated(0, 1.5, 0.5));
        series.accept(Sample.memory(2100, 300, 512));
        series.accept(Sample.step(1, 1.25));
        series.accept(Sample.step(2, Double.NaN));
        series.accept(Sample.evaluated(2, 1.0, 0.75));
        StringWriter out = new StringWriter();
        RunTable.write(series, out);
        assertThat(out.toString().lines())
                .containsExactly(
                        "step,elapsedSeconds,phoneSeconds,trainingLoss,smoothedTrainingLoss,heldOutLoss,"
                                + "heldOutAccuracyPercent,residentSetMegabytes,phoneTemperatureCelsius,"
                                + "phoneClockPercent,phoneBatteryPercent,"
                                + "lossPlus,lossMinus,slopeSize,stepSeconds,phoneStepSeconds",
                        "0,2.000,0.0,,,1.5,50.0,,,,,,,,,",
                        "1,2.200,0.88,1.25,1.25,,,300.0,,,,1.26,1.24,2.0,0.2,0.88",
                        "2,2.400,1.76,,,1.0,75.0,300.0,,,,,,2.0,0.2,0.88");
    }
}
