package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XWindowTest {

    private static final XWindow ALL = new XWindow(0, 600);

    @Test
    void zooming_in_keeps_the_place_under_the_pointer() {
        assertThat(ALL.zoom(150, 0.5, ALL)).isEqualTo(new XWindow(75, 375));
    }

    @Test
    void zooming_out_for_ever_ends_at_the_limits() {
        XWindow window = new XWindow(100, 200);
        for (int i = 0; i < 500; i++) {
            window = window.zoom(120, 1.25, ALL);
        }
        assertThat(window).isEqualTo(ALL);
    }

    @Test
    void zooming_in_for_ever_leaves_a_window() {
        XWindow window = ALL;
        for (int i = 0; i < 500; i++) {
            window = window.zoom(300, 0.5, ALL);
        }
        assertThat(window.width()).isEqualTo(2);
    }

    @Test
    void moving_stops_at_the_edges() {
        assertThat(new XWindow(10, 110).pan(-50, ALL)).isEqualTo(new XWindow(0, 100));
        assertThat(new XWindow(480, 580).pan(50, ALL)).isEqualTo(new XWindow(500, 600));
    }
}
