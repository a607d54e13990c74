package io.pocketllm.app.chart;

import java.util.Locale;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/**
 * One quantity of every step: the size of the measured slope |g|, each and smoothed; or the time a
 * step took on this computer, and would have taken on the phone.
 */
public final class StepChart implements RunChart {

    private final String name;
    private final String nothing;
    private final Function<RunSeries, Series> first;
    private final Function<RunSeries, Series> second;
    private final boolean secondIsAverage;
    private final PointsDataset firstPoints;
    private final PointsDataset secondPoints;
    private final XYLineAndShapeRenderer firstLine;
    private final XYLineAndShapeRenderer secondLine;
    private final NumberAxis straight = new NumberAxis();
    private final LogAxis logarithmic = ChartParts.logAxis();
    private final XYPlot plot = ChartParts.plot();
    private final JFreeChart chart;
    private String summary;

    private StepChart(
            String name,
            Function<RunSeries, Series> first,
            Function<RunSeries, Series> second,
            boolean secondIsAverage) {
        this.name = name;
        this.nothing = "No " + name + " yet.";
        this.summary = nothing;
        this.first = first;
        this.second = second;
        this.secondIsAverage = secondIsAverage;
        firstPoints = new PointsDataset(name);
        secondPoints = new PointsDataset(name + (secondIsAverage ? ", smoothed" : " on the phone"));
        firstLine = ChartParts.line(secondIsAverage ? 1f : 1.6f);
        secondLine = secondIsAverage ? ChartParts.line(2.2f) : ChartParts.line(1.6f, 5f, 3f);
        plot.setDataset(0, firstPoints);
        plot.setRenderer(0, firstLine);
        plot.setDataset(1, secondPoints);
        plot.setRenderer(1, secondLine);
        ChartParts.quiet(straight);
        plot.setRangeAxis(0, straight);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        chart = ChartParts.chart(plot);
        use(Palette.LIGHT);
    }

    /** |g| of every step, and smoothed. */
    public static StepChart slope() {
        return new StepChart("slope |g|", RunSeries::slope, RunSeries::smoothedSlope, true);
    }

    /** Seconds a step took here, and on the phone where that is predicted. */
    public static StepChart stepTime() {
        return new StepChart(
                "step time", RunSeries::stepSeconds, RunSeries::phoneStepSeconds, false);
    }

    @Override
    public JFreeChart chart() {
        return chart;
    }

    @Override
    public void use(Palette palette) {
        chart.setNotify(false);
        ChartParts.colour(plot, chart, palette);
        for (ValueAxis axis : new ValueAxis[] {straight, logarithmic}) {
            axis.setTickLabelPaint(palette.mutedInk());
            axis.setTickLabelFont(palette.font());
        }
        ChartParts.colour(
                firstLine, secondIsAverage ? palette.rawLoss() : palette.loss(), palette.surface());
        ChartParts.colour(
                secondLine,
                secondIsAverage ? palette.loss() : palette.heldOutLoss(),
                palette.surface());
        chart.setNotify(true);
    }

    @Override
    public void update(RunSeries series, ChartState state) {
        chart.setNotify(false);
        XWindow window = state.windowOver(series);
        firstPoints.replace(points(first.apply(series), state, window));
        secondPoints.replace(points(second.apply(series), state, window));
        ChartParts.show(plot, state.axis(), window, state.logarithmicX());
        ChartParts.showGrid(plot, !first.apply(series).isEmpty());
        ChartParts.showRange(
                plot,
                straight,
                logarithmic,
                state.logarithmic(),
                least(firstPoints.points().minY(), secondPoints.points().minY()),
                -least(-firstPoints.points().maxY(), -secondPoints.points().maxY()));
        summary = summarise(series);
        chart.setNotify(true);
    }

    private static Points points(Series line, ChartState state, XWindow window) {
        Points points = state.points(line, window);
        return state.logarithmic() ? points.positive() : points;
    }

    private static double least(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
    }

    private String summarise(RunSeries series) {
        Column values = first.apply(series).values();
        if (values.isEmpty()) {
            return nothing;
        }
        Column others = second.apply(series).values();
        double last = others.last(Double.NaN);
        return String.format(
                        Locale.ROOT,
                        "%s of step %d: %.4g",
                        name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                        values.size(),
                        values.last(Double.NaN))
                + (Double.isFinite(last)
                        ? String.format(
                                Locale.ROOT,
                                secondIsAverage ? ", smoothed %.4g." : " s, on the phone %.4g s.",
                                last)
                        : secondIsAverage ? "." : " s.");
    }

    @Override
    public String summary() {
        return summary;
    }
}
