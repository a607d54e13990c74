package io.pocketllm.app.chart;

/**
 * Points ready to be drawn.
 *
 * @param xs x of each point, never falling
 * @param ys y of each point; NaN breaks the line
 */
public record Points(double[] xs, double[] ys) {

    /** No points. */
    public static final Points NONE = new Points(new double[0], new double[0]);

    /** How many. */
    public int size() {
        return xs.length;
    }

    /** The smallest finite y, or NaN where there is none. */
    public double minY() {
        double min = Double.NaN;
        for (double y : ys) {
            if (Double.isFinite(y) && !(y >= min)) {
                min = y;
            }
        }
        return min;
    }

    /** The largest finite y, or NaN where there is none. */
    public double maxY() {
        double max = Double.NaN;
        for (double y : ys) {
            if (Double.isFinite(y) && !(y <= max)) {
                max = y;
            }
        }
        return max;
    }

    /**
     * The same with every point left of {@code x} put there: a logarithmic axis has no place for
     * zero, where the start was measured.
     */
    Points notBefore(double x) {
        return new Points(java.util.Arrays.stream(xs).map(v -> Math.max(v, x)).toArray(), ys);
    }

    /** The same with NaN for what a logarithmic axis has no place for; the line breaks there. */
    Points positive() {
        return new Points(
                xs, java.util.Arrays.stream(ys).map(v -> v > 0 ? v : Double.NaN).toArray());
    }
}
