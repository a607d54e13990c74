package io.pocketllm.app.chart;

import io.pocketllm.run.MeanAndDeviation;
import java.util.List;

/**
 * A line of the overlay: a run, or several runs that differ in their seed alone.
 *
 * @param name what it is called
 * @param style its colour and dash
 * @param members the series of its runs, at least one
 */
public record OverlayLine(String name, LineStyle style, List<RunSeries> members) {

    /** The most points of a mean: each costs a look into every run. */
    private static final int MEAN_POINTS = 400;

    /**
     * What is drawn of a line.
     *
     * @param mean the line, or the mean of several
     * @param deviation sample standard deviation at each of its points; null for one run
     */
    record Curve(Points mean, double[] deviation) {}

    /** Keeps the list as it is now. */
    public OverlayLine {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a line needs a run");
        }
    }

    /** The line of one run. */
    public OverlayLine(String name, LineStyle style, RunSeries series) {
        this(name, style, List.of(series));
    }

    /** The value at or last before {@code x}, over its runs. */
    public MeanAndDeviation at(Quantity quantity, XAxis axis, double x) {
        return MeanAndDeviation.of(
                members.stream().mapToDouble(m -> quantity.of(m).at(axis, x)).toArray());
    }

    /** Whether nothing of this was measured. */
    public boolean isEmpty(Quantity quantity) {
        return members.stream().noneMatch(m -> quantity.of(m).hasNumbers());
    }

    /** All there is on an axis. */
    public XWindow extent(XAxis axis) {
        return members.stream()
                .map(m -> m.extent(axis))
                .reduce((a, b) -> a.max() >= b.max() ? a : b)
                .orElseThrow();
    }

    /** The points inside a window; a mean is drawn as far as all its runs went. */
    Curve curve(Quantity quantity, XAxis axis, XWindow window) {
        if (members.size() == 1) {
            return new Curve(quantity.of(members.getFirst()).points(axis, window), null);
        }
        Column xs = quantity.of(members.getFirst()).positions().on(axis);
        double until = window.max();
        for (RunSeries member : members) {
            Column theirs = quantity.of(member).positions().on(axis);
            until = Math.min(until, theirs.last(Double.NEGATIVE_INFINITY));
            xs = theirs.size() > xs.size() ? theirs : xs;
        }
        int from = Math.max(0, xs.firstAtLeast(window.min()) - 1);
        int to = Math.min(xs.size(), xs.firstAtLeast(Math.nextUp(until)));
        int points = Math.clamp(to - from, 0, MEAN_POINTS);
        double[] x = new double[points];
        double[] mean = new double[points];
        double[] deviation = new double[points];
        for (int i = 0; i < points; i++) {
            // Evenly along the run, its first and its last point among them.
            int index =
                    points == 1 ? from : from + (int) ((long) i * (to - 1 - from) / (points - 1));
            x[i] = xs.get(index);
            MeanAndDeviation here = at(quantity, axis, x[i]);
            mean[i] = here.mean();
            deviation[i] = here.deviation();
        }
        return new Curve(new Points(x, mean), deviation);
    }

    /** The same curve as differences from another line. */
    Curve minus(OverlayLine other, Quantity quantity, XAxis axis, XWindow window) {
        Curve own = curve(quantity, axis, window);
        double[] xs = own.mean().xs();
        double[] ys = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            ys[i] = own.mean().ys()[i] - other.at(quantity, axis, xs[i]).mean();
        }
        return new Curve(new Points(xs, ys), own.deviation());
    }
}
