package io.pocketllm.app.chart;

import org.jfree.chart.JFreeChart;

/**
 * One chart over a run. Its JFreeChart is silent: {@link #update} gathers all changes and tells of
 * them once.
 */
public interface RunChart {

    /** The chart to draw. */
    JFreeChart chart();

    /** Shows the series as they are now. One change event, however many lines. */
    void update(RunSeries series, ChartState state);

    /** Takes the colours. */
    void use(Palette palette);

    /** What the chart shows, in words, for people who do not see it. */
    String summary();
}
