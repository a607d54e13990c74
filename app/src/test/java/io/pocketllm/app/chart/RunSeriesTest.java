package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.run.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunSeriesTest {

    private final RunSeries series = new RunSeries();

    @BeforeEach
    void begin() {
        series.accept(Sample.started(512 * Sample.MB, 600));
    }

    @Test
    void a_step_stands_at_its_number_its_time_and_its_time_on_the_phone() {
        series.accept(Sample.step(1, 1.2));
        series.accept(Sample.step(2, 1.1));
        Positions at = series.loss().positions();
        assertThat(at.on(XAxis.STEP).get(1)).isEqualTo(2);
        assertThat(at.on(XAxis.ELAPSED).get(1)).isEqualTo(2.4);
        assertThat(at.on(XAxis.PHONE_TIME).get(1)).isCloseTo(1.76, offset(1e-9));
        assertThat(series.loss().values().get(1)).isCloseTo(1.1, offset(1e-12));
        assertThat(series.phoneTimeKnown()).isTrue();
    }

    @Test
    void what_a_real_phone_does_not_tell_is_a_gap_and_no_number() {
        series.accept(Sample.realPhone(1, 33.9));
        series.accept(Sample.realPhone(2, null));
        assertThat(series.temperature().values().get(0)).isEqualTo(33.9);
        assertThat(series.temperature().values().get(1)).isNaN();
        assertThat(series.temperature().hasNumbers()).isTrue();
        assertThat(series.clock().hasNumbers()).isFalse();
        OverlayLine line = new OverlayLine("phone", new LineStyle(0), series);
        assertThat(line.isEmpty(Quantity.TEMPERATURE)).isFalse();
        assertThat(Quantity.TEMPERATURE.print(33.94)).isEqualTo("33.9 °C");
    }

    @Test
    void the_time_of_a_step_is_the_phones_where_there_is_one() {
        assertThat(new OverlayLine("none", new LineStyle(0), series).isEmpty(Quantity.STEP_TIME))
                .isTrue();
        series.accept(Sample.step(1, 1.2));
        assertThat(Quantity.STEP_TIME.of(series).values().get(0)).isEqualTo(0.88);

        RunSeries real = new RunSeries();
        real.accept(new Event.Step(1, 1, 1, 1, 1, 1, 1250, null, 1, 1));
        assertThat(Quantity.STEP_TIME.of(real).values().get(0)).isEqualTo(1.25);
        assertThat(Quantity.STEP_TIME.print(1.25)).isEqualTo("1.25 s");
        assertThat(Quantity.STEP_TIME.printDifference(-0.04)).isEqualTo("−40 ms");
    }

    @Test
    void the_whole_planned_run_is_in_sight_from_the_start() {
        assertThat(series.extent(XAxis.STEP)).isEqualTo(new XWindow(0, 600));
    }

    @Test
    void the_time_axis_grows_in_round_pieces() {
        series.accept(Sample.memory(83_000, 300, 512));
        assertThat(series.extent(XAxis.ELAPSED)).isEqualTo(new XWindow(0, 85));
    }

    @Test
    void memory_between_two_steps_stands_between_them() {
        series.accept(Sample.step(10, 1));
        series.accept(Sample.memory(2000 + 200 * 10 + 100, 300, 512));
        assertThat(series.memory().positions().on(XAxis.STEP).get(0)).isCloseTo(10.5, offset(1e-9));
    }

    @Test
    void a_loss_that_is_no_number_is_marked_at_the_last_that_was() {
        series.accept(Sample.step(1, 1.5));
        series.accept(Sample.step(2, Double.NaN));
        assertThat(series.gaps().values().get(0)).isCloseTo(1.5, offset(1e-12));
        assertThat(series.gaps().positions().on(XAxis.STEP).get(0)).isEqualTo(2);
        assertThat(series.loss().points(XAxis.STEP, new XWindow(0, 600)).ys()[1]).isNaN();
    }

    @Test
    void smoothing_anew_gives_what_smoothing_from_the_start_would_have() {
        RunSeries other = new RunSeries();
        other.smooth(0.5);
        for (int i = 1; i <= 20; i++) {
            series.accept(Sample.step(i, Math.sin(i)));
            other.accept(Sample.step(i, Math.sin(i)));
        }
        series.smooth(0.5);
        for (int i = 0; i < 20; i++) {
            assertThat(series.smoothedLoss().values().get(i))
                    .isEqualTo(other.smoothedLoss().values().get(i));
        }
    }

    @Test
    void a_kill_is_marked_with_its_memory_and_raises_the_peak() {
        series.accept(Sample.memory(3000, 400, 512));
        series.accept(new Event.Killed(3200, "too much", "", 530 * Sample.MB, 512 * Sample.MB, 0));
        assertThat(series.killed().y()).isEqualTo(530);
        assertThat(series.peakMegabytes()).isEqualTo(530);
        assertThat(series.budgetMegabytes()).isEqualTo(512);
    }

    @Test
    void a_long_run_gives_no_more_points_than_the_chart_can_draw_and_a_window_only_its_own() {
        for (int i = 1; i <= 30_000; i++) {
            series.accept(Sample.step(i, i));
        }
        assertThat(series.loss().points(XAxis.STEP, new XWindow(0, 30_000)).size())
                .isLessThanOrEqualTo(1000);
        Points part = series.loss().points(XAxis.STEP, new XWindow(100, 110));
        assertThat(part.size()).isEqualTo(13);
        assertThat(part.xs()[0]).isEqualTo(99);
    }

    @Test
    void the_value_under_the_pointer_is_the_last_one_measured_there() {
        series.accept(Sample.evaluated(0, 1.3, 0.5));
        series.accept(Sample.evaluated(50, 1.0, 0.7));
        assertThat(series.heldOutAccuracy().at(XAxis.STEP, 49)).isEqualTo(50);
        assertThat(series.heldOutAccuracy().at(XAxis.STEP, 50)).isEqualTo(70);
        assertThat(series.heldOutAccuracy().at(XAxis.STEP, -1)).isNaN();
    }

    @Test
    void the_test_split_is_no_point_of_the_line() {
        series.accept(new Event.Evaluated(9000, 600, "test", 0.5, 0.8, 90));
        assertThat(series.heldOutLoss().isEmpty()).isTrue();
    }

    @Test
    void clearing_forgets_everything() {
        series.accept(Sample.step(1, 1));
        series.accept(Sample.memory(3000, 400, 512));
        series.clear();
        assertThat(series.loss().isEmpty()).isTrue();
        assertThat(series.memory().isEmpty()).isTrue();
        assertThat(series.peakMegabytes()).isZero();
        assertThat(series.extent(XAxis.STEP)).isEqualTo(new XWindow(0, 10));
    }
}
