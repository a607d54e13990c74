package io.pocketllm.app.chart;

/** One line of a chart: values over {@link Positions}, which several lines may share. */
public final class Series {

    /** The most points handed to the chart library for one line. */
    public static final int MAX_POINTS = 1000;

    private final Positions positions;
    private final Column values = new Column();

    Series(Positions positions) {
        this.positions = positions;
    }

    /** The values, in the order they came. */
    public Column values() {
        return values;
    }

    /** Where the values stand. */
    public Positions positions() {
        return positions;
    }

    /** True before the first value. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** True where there is a value to draw. */
    public boolean hasNumbers() {
        for (int i = 0; i < values.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** The points inside a window and one to each side, at most {@link #MAX_POINTS}. */
    public Points points(XAxis axis, XWindow window) {
        Column xs = positions.on(axis);
        int from = Math.max(0, xs.firstAtLeast(window.min()) - 1);
        int to = Math.min(values.size(), xs.firstAtLeast(Math.nextUp(window.max())) + 1);
        return Decimation.minMax(xs, values, from, to, MAX_POINTS);
    }

    /** The last value at or before {@code x}, or NaN where there is none. */
    public double at(XAxis axis, double x) {
        int index = Math.min(values.size(), positions.on(axis).firstAtLeast(Math.nextUp(x))) - 1;
        return index < 0 ? Double.NaN : values.get(index);
    }

    void clear() {
        values.clear();
    }
}
