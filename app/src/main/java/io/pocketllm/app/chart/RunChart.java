package io.pocketllm.app.chart;

/**
 * One chart over a run. Its JFreeChart is silent: {@link #update} gathers all changes and tells of
 * them once.
 */
public interface RunChart extends DrawnChart {

    /** Shows the series as they are now. One change event, however many lines. */
    void update(RunSeries series, ChartState state);
}
