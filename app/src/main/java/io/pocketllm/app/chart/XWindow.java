package io.pocketllm.app.chart;

/**
 * The part of the horizontal axis that is shown.
 *
 * @param min left end, in the axis's unit
 * @param max right end, above {@code min}
 */
public record XWindow(double min, double max) {

    /** The narrowest window, in the axis's unit (steps or seconds). */
    private static final double NARROWEST = 2;

    /** Refuses an empty window. */
    public XWindow {
        if (!(max > min)) {
            throw new IllegalArgumentException("a window from " + min + " to " + max + " is empty");
        }
    }

    /** How wide it is. */
    public double width() {
        return max - min;
    }

    /**
     * Wider or narrower around a fixed place.
     *
     * @param factor below 1 zooms in
     * @param limits the window never leaves these; an endless zoom out would hang the chart library
     */
    public XWindow zoom(double around, double factor, XWindow limits) {
        double width = Math.max(NARROWEST, width() * factor);
        double share = Math.clamp((around - min) / width(), 0, 1);
        double left = around - share * width;
        return new XWindow(left, left + width).within(limits);
    }

    /** Moved by {@code distance}. */
    public XWindow pan(double distance, XWindow limits) {
        return new XWindow(min + distance, max + distance).within(limits);
    }

    /** The same width where that fits, pushed inside {@code limits}. */
    public XWindow within(XWindow limits) {
        double width = Math.clamp(width(), Math.min(NARROWEST, limits.width()), limits.width());
        double left = Math.clamp(min, limits.min, limits.max - width);
        return new XWindow(left, left + width);
    }
}
