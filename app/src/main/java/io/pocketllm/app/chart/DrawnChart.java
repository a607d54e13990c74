package io.pocketllm.app.chart;

import org.jfree.chart.JFreeChart;

/** A chart that a {@link ChartPane} shows. Its JFreeChart is silent until it tells of a change. */
public interface DrawnChart {

    /** The chart to draw. */
    JFreeChart chart();

    /** Takes the colours. */
    void use(Palette palette);

    /** What the chart shows, in words, for people who do not see it. */
    String summary();
}
