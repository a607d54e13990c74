package io.pocketllm.app.chart;

import java.awt.Color;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.util.ShapeUtils;

/**
 * Resident set of the run's process over time, megabytes, with the phone's budget.
 *
 * <p>A budget far above the use would press the use flat against the axis. Where the use is below a
 * third of the budget the axis follows the use, and the budget is written at the upper edge with an
 * arrow.
 */
public final class MemoryChart implements RunChart {

    private static final double BUDGET_IN_SIGHT = 3;

    private final PointsDataset area = new PointsDataset("resident set");
    private final PointsDataset kill = new PointsDataset("killed");
    private final XYAreaRenderer fill = new XYAreaRenderer(XYAreaRenderer.AREA);
    private final XYLineAndShapeRenderer edge = ChartParts.line(1.8f);
    private final XYLineAndShapeRenderer killMark =
            ChartParts.marks(ShapeUtils.createDiagonalCross(5f, 1.4f));
    private final NumberAxis megabytes = new NumberAxis();
    private final XYPlot plot = ChartParts.plot();
    private final JFreeChart chart;
    private Palette palette = Palette.LIGHT;
    private RunSeries shown;
    private XAxis shownAxis = XAxis.STEP;
    private double shownFrom;
    private String summary = "No memory readings yet.";

    /** An empty chart in the light colours. */
    public MemoryChart() {
        plot.setDataset(0, area);
        plot.setRenderer(0, fill);
        plot.setDataset(1, area);
        plot.setRenderer(1, edge);
        plot.setDataset(2, kill);
        plot.setRenderer(2, killMark);
        fill.setAutoPopulateSeriesPaint(false);
        ChartParts.quiet(megabytes);
        plot.setRangeAxis(megabytes);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        chart = ChartParts.chart(plot);
        use(Palette.LIGHT);
    }

    @Override
    public JFreeChart chart() {
        return chart;
    }

    @Override
    public void use(Palette newPalette) {
        palette = newPalette;
        chart.setNotify(false);
        ChartParts.colour(plot, chart, palette);
        fill.setDefaultPaint(palette.memoryFill());
        ChartParts.colour(edge, palette.memory(), palette.memory());
        ChartParts.colour(killMark, palette.alarm(), palette.alarm());
        if (shown != null) {
            // Marks have their colours from when they were made.
            showMarks(shown, shownAxis, shownFrom);
        }
        chart.setNotify(true);
    }

    @Override
    public void update(RunSeries series, ChartState state) {
        chart.setNotify(false);
        // Before the first step every reading would stand at step 0; the clock shows the loading
        // instead.
        boolean loading =
                series.loss().isEmpty()
                        && state.axis() != XAxis.ELAPSED
                        && !series.memory().isEmpty();
        XAxis axis = loading ? XAxis.ELAPSED : state.axis();
        XWindow window = loading ? series.extent(XAxis.ELAPSED) : state.windowOver(series);
        boolean logarithmic = state.logarithmicX() && !loading;
        Points points = series.memory().points(axis, window);
        area.replace(logarithmic ? points.notBefore(window.min()) : points);
        ChartParts.show(plot, axis, window, logarithmic);
        ChartParts.showGrid(plot, !series.memory().isEmpty());
        shown = series;
        shownAxis = axis;
        shownFrom = logarithmic ? window.min() : 0;
        showMarks(series, axis, shownFrom);
        summary = summarise(series);
        chart.setNotify(true);
    }

    /**
     * @param from where the axis begins
     */
    private void showMarks(RunSeries series, XAxis axis, double from) {
        plot.clearRangeMarkers();
        plot.clearDomainMarkers();
        showRange(series);
        showKill(series.killed(), axis, from);
    }

    private void showRange(RunSeries series) {
        double peak = series.peakMegabytes();
        double budget = series.budgetMegabytes();
        megabytes.setTickLabelsVisible(peak > 0);
        if (peak <= 0 && budget <= 0) {
            megabytes.setRange(0, 1);
            return;
        }
        boolean inSight = budget > 0 && budget <= BUDGET_IN_SIGHT * peak;
        megabytes.setRange(0, Math.max(1, inSight ? 1.3 * Math.max(budget, peak) : 1.45 * peak));
        megabytes.setTickUnit(ChartParts.fewTicks(megabytes.getRange().getLength()), false, true);
        if (budget <= 0) {
            return;
        }
        String text = String.format(Locale.ROOT, "budget %,.0f MB: killed above this line", budget);
        if (inSight) {
            // The mark of a kill is most often at the right.
            boolean atLeft = series.killed() != null;
            budgetLine(
                    budget,
                    text,
                    palette.alarm(),
                    atLeft ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT,
                    atLeft ? TextAnchor.BOTTOM_LEFT : TextAnchor.BOTTOM_RIGHT);
        } else if (peak > 0) {
            String far =
                    String.format(
                            Locale.ROOT,
                            "↑ budget %,.0f MB, %.0f × what was used so far",
                            budget,
                            budget / peak);
            budgetLine(
                    megabytes.getRange().getUpperBound(),
                    far,
                    new Color(0, 0, 0, 0),
                    RectangleAnchor.BOTTOM_RIGHT,
                    TextAnchor.TOP_RIGHT);
        }
    }

    private void budgetLine(
            double at, String text, Color line, RectangleAnchor anchor, TextAnchor textAnchor) {
        ValueMarker marker = new ValueMarker(at, line, ChartParts.stroke(1.5f, 6f, 4f));
        marker.setAlpha(1f);
        marker.setLabel(text);
        marker.setLabelFont(palette.font());
        marker.setLabelPaint(palette.alarm());
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        marker.setLabelAnchor(anchor);
        marker.setLabelTextAnchor(textAnchor);
        marker.setLabelOffset(new RectangleInsets(3, 4, 3, 4));
        plot.addRangeMarker(marker, Layer.FOREGROUND);
    }

    private void showKill(RunSeries.Mark killed, XAxis axis, double first) {
        if (killed == null) {
            kill.replace(Points.NONE);
            return;
        }
        double x = Math.max(first, killed.on(axis));
        kill.replace(new Points(new double[] {x}, new double[] {killed.y()}));
        ValueMarker line = new ValueMarker(x, palette.alarm(), ChartParts.stroke(1.2f));
        line.setAlpha(1f);
        plot.addDomainMarker(line, Layer.FOREGROUND);
    }

    private static String summarise(RunSeries series) {
        if (series.memory().isEmpty()) {
            return "No memory readings yet.";
        }
        String text =
                String.format(
                        Locale.ROOT,
                        "Memory of the run: resident set %,.0f MB now, %,.0f MB at most",
                        series.memory().values().last(0),
                        series.peakMegabytes());
        if (series.budgetMegabytes() > 0) {
            text +=
                    String.format(
                            Locale.ROOT, ", of a budget of %,.0f MB", series.budgetMegabytes());
        }
        return text + (series.killed() == null ? "." : "; killed.");
    }

    @Override
    public String summary() {
        return summary;
    }
}
