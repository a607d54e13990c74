package io.pocketllm.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import io.pocketllm.app.fake.Sample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChartsViewModelTest {

    private final RunSeries series = new RunSeries();
    private final ChartsViewModel charts = new ChartsViewModel(series);

    @BeforeEach
    void someSteps() {
        series.accept(Sample.started(0, 100));
        series.accept(Sample.evaluated(0, 1.3, 0.57));
        for (int i = 1; i <= 10; i++) {
            series.accept(Sample.step(i, 1));
        }
    }

    @Test
    void a_zoom_turns_follow_off_and_stays_where_new_points_come() {
        charts.zoom(new XWindow(2, 6));
        series.accept(Sample.step(11, 1));
        assertThat(charts.followProperty().get()).isFalse();
        assertThat(charts.state().windowOver(series)).isEqualTo(new XWindow(2, 6));
        charts.followProperty().set(true);
        assertThat(charts.state().windowOver(series)).isEqualTo(new XWindow(0, 100));
    }

    @Test
    void back_goes_through_zooms_and_a_row_of_moves_is_one() {
        charts.zoom(new XWindow(2, 8));
        charts.move(new XWindow(3, 9));
        charts.move(new XWindow(4, 10));
        charts.back();
        assertThat(charts.windowProperty().get()).isEqualTo(new XWindow(2, 8));
        charts.followProperty().set(true);
        charts.back();
        assertThat(charts.windowProperty().get()).isEqualTo(new XWindow(2, 8));
        charts.back();
        assertThat(charts.followProperty().get()).isTrue();
        assertThat(charts.canGoBackProperty().get()).isFalse();
        charts.back();
        assertThat(charts.followProperty().get()).isTrue();
    }

    @Test
    void a_logarithmic_axis_begins_at_the_first_step() {
        charts.logarithmicXProperty().set(true);
        assertThat(charts.state().windowOver(series)).isEqualTo(new XWindow(1, 100));
    }

    @Test
    void the_lower_chart_reads_what_it_shows() {
        charts.lowerProperty().set(LowerChart.SLOPE);
        assertThat(charts.lowerAt(5)).isEqualTo("step 5\n|g| 2.00\nsmoothed 2.00");
        charts.lowerProperty().set(LowerChart.STEP_TIME);
        assertThat(charts.lowerAt(5)).startsWith("step 5\nthis computer 0.20 s\nphone 0.88 s");
    }

    @Test
    void another_axis_shows_everything_again() {
        charts.zoom(new XWindow(2, 6));
        charts.axisProperty().set(XAxis.ELAPSED);
        assertThat(charts.followProperty().get()).isTrue();
        assertThat(charts.windowProperty().get()).isNull();
    }

    @Test
    void the_pointer_reads_every_line_at_its_place() {
        assertThat(charts.lossAt(5))
                .isEqualTo(
                        "step 5\nloss 1.000 (raw 1.000)\nat +ε 1.010, at −ε 0.990\nheld-out loss"
                                + " 1.300\naccuracy 57.0 %");
        assertThat(charts.lossAt(Double.NaN)).isEmpty();
        assertThat(charts.lossAt(50)).as("where nothing was measured yet").isEmpty();
        assertThat(charts.memoryAt(5)).isEmpty();
    }
}
