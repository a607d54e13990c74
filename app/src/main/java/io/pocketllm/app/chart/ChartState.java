package io.pocketllm.app.chart;

/**
 * How the charts are looked at.
 *
 * @param axis what the horizontal axis counts
 * @param window the part a person zoomed to, or null to follow the run
 * @param logarithmic whether the loss axis is logarithmic
 */
public record ChartState(XAxis axis, XWindow window, boolean logarithmic) {

    /** Everything by step, straight axis. */
    public static final ChartState FOLLOW = new ChartState(XAxis.STEP, null, false);

    /** The window shown for these series. */
    public XWindow windowOver(RunSeries series) {
        return window == null ? series.extent(axis) : window;
    }
}
