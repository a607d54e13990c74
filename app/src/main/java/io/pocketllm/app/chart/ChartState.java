package io.pocketllm.app.chart;

/**
 * How the charts are looked at.
 *
 * @param axis what the horizontal axis counts
 * @param window the part a person zoomed to, or null to follow the run
 * @param logarithmic whether the vertical axes of loss, slope and step time are logarithmic
 * @param logarithmicX whether the horizontal axis is
 */
public record ChartState(XAxis axis, XWindow window, boolean logarithmic, boolean logarithmicX) {

    /** Where a logarithmic axis begins: at the first step, or one second. */
    private static final double LOG_START = 1;

    /** Everything by step, straight axis. */
    public static final ChartState FOLLOW = new ChartState(XAxis.STEP, null, false, false);

    /** The window shown for these series. */
    public XWindow windowOver(RunSeries series) {
        XWindow all = window == null ? series.extent(axis) : window;
        return logarithmicX
                ? new XWindow(Math.max(LOG_START, all.min()), Math.max(2 * LOG_START, all.max()))
                : all;
    }

    /** The points of a line that are to be drawn in a window. */
    Points points(Series line, XWindow shown) {
        Points points = line.points(axis, shown);
        return logarithmicX ? points.notBefore(shown.min()) : points;
    }

    /** Where a mark stands in a window. */
    double place(RunSeries.Mark mark, XWindow shown) {
        return logarithmicX ? Math.max(shown.min(), mark.on(axis)) : mark.on(axis);
    }
}
