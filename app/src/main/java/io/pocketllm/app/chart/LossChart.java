package io.pocketllm.app.chart;

import io.pocketllm.app.text.Units;
import java.awt.BasicStroke;
import java.awt.Shape;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.util.ShapeUtils;

/**
 * Training loss raw and smoothed, held-out loss on the left axis; held-out accuracy in percent on
 * the right one.
 */
public final class LossChart implements RunChart {

    /** Points between the ceiling's line and its words. */
    private static final int CEILING_LABEL_GAP = 26;

    /** Markers are placed by the line they go with, which decides the axis. */
    private static final int ACCURACY_LINE = 4;

    private static final int ACCURACY_AXIS = 1;

    private final PointsDataset plus = new PointsDataset("loss at +ε, each step");
    private final PointsDataset minus = new PointsDataset("loss at −ε, each step");
    private final PointsDataset smoothed = new PointsDataset("training loss, smoothed");
    private final PointsDataset heldOut = new PointsDataset("held-out loss");
    private final PointsDataset accuracy = new PointsDataset("held-out accuracy");
    private final PointsDataset gaps = new PointsDataset("loss is not a number");
    private final XYLineAndShapeRenderer plusLine = ChartParts.line(1f);
    private final XYLineAndShapeRenderer minusLine = ChartParts.line(1f, 3f, 2f);
    private final XYLineAndShapeRenderer smoothedLine = ChartParts.line(2.2f);
    private final XYLineAndShapeRenderer heldOutLine = ChartParts.lineWithDots(1.4f);
    private final XYLineAndShapeRenderer accuracyLine = ChartParts.lineWithDots(1.6f, 5f, 3f);
    private final XYLineAndShapeRenderer gapMarks;
    private final NumberAxis straight = new NumberAxis();
    private final LogAxis logarithmic = ChartParts.logAxis();
    private final NumberAxis percent = new NumberAxis();
    private final XYPlot plot = ChartParts.plot();
    private final JFreeChart chart;

    /** Height of a line of words in a low chart, as a share of it. */
    private static final double LABEL_SHARE = 0.1;

    private Palette palette = Palette.LIGHT;
    private RunSeries shown;
    private ChartState shownState;
    private XWindow shownWindow;
    private String summary = "No loss yet.";

    /** An empty chart in the light colours. */
    public LossChart() {
        Shape cross = ShapeUtils.createDiagonalCross(4f, 1f);
        gapMarks = ChartParts.marks(cross);
        add(0, plus, plusLine);
        add(1, minus, minusLine);
        add(2, smoothed, smoothedLine);
        add(3, heldOut, heldOutLine);
        add(ACCURACY_LINE, accuracy, accuracyLine);
        add(5, gaps, gapMarks);
        ChartParts.quiet(straight);
        ChartParts.quiet(percent);
        percent.setNumberFormatOverride(
                ChartParts.format(v -> String.format(Locale.ROOT, "%.0f %%", v)));
        plot.setRangeAxis(0, straight);
        plot.setRangeAxis(ACCURACY_AXIS, percent);
        plot.mapDatasetToRangeAxis(ACCURACY_LINE, ACCURACY_AXIS);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        chart = ChartParts.chart(plot);
        use(Palette.LIGHT);
    }

    private void add(int index, PointsDataset dataset, XYLineAndShapeRenderer renderer) {
        plot.setDataset(index, dataset);
        plot.setRenderer(index, renderer);
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
        for (ValueAxis axis : new ValueAxis[] {straight, logarithmic}) {
            axis.setTickLabelPaint(palette.mutedInk());
            axis.setTickLabelFont(palette.font());
        }
        percent.setTickLabelPaint(palette.accuracy());
        ChartParts.colour(plusLine, palette.rawLoss(), palette.rawLoss());
        ChartParts.colour(minusLine, palette.rawLoss(), palette.rawLoss());
        ChartParts.colour(smoothedLine, palette.loss(), palette.loss());
        ChartParts.colour(heldOutLine, palette.heldOutLoss(), palette.surface());
        ChartParts.colour(accuracyLine, palette.accuracy(), palette.surface());
        ChartParts.colour(gapMarks, palette.alarm(), palette.alarm());
        if (shown != null) {
            // Marks have their colours from when they were made.
            showMarks(shown, shownState, shownWindow);
        }
        chart.setNotify(true);
    }

    @Override
    public void update(RunSeries series, ChartState state) {
        chart.setNotify(false);
        XWindow window = state.windowOver(series);
        plus.replace(state.points(series.lossPlus(), window));
        minus.replace(state.points(series.lossMinus(), window));
        smoothed.replace(state.points(series.smoothedLoss(), window));
        heldOut.replace(state.points(series.heldOutLoss(), window));
        accuracy.replace(state.points(series.heldOutAccuracy(), window));
        gaps.replace(state.points(series.gaps(), window));
        ChartParts.show(plot, state.axis(), window, state.logarithmicX());
        ChartParts.showGrid(plot, !isEmpty(series));
        showLossRange(state.logarithmic());
        showAccuracyRange(series);
        shown = series;
        shownState = state;
        shownWindow = window;
        showMarks(series, state, window);
        summary = summarise(series);
        chart.setNotify(true);
    }

    private void showLossRange(boolean log) {
        double min =
                least(plus.points().minY(), least(minus.points().minY(), heldOut.points().minY()));
        double max =
                most(plus.points().maxY(), most(minus.points().maxY(), heldOut.points().maxY()));
        ChartParts.showRange(plot, straight, logarithmic, log, min, max);
    }

    private void showAccuracyRange(RunSeries series) {
        double min = accuracy.points().minY();
        double max = accuracy.points().maxY();
        if (series.reference() != null) {
            min = least(min, 100 * series.reference().accuracy());
            max = most(max, 100 * series.reference().accuracy());
        }
        percent.setTickLabelsVisible(Double.isFinite(min));
        if (!Double.isFinite(min)) {
            percent.setRange(0, 100);
            return;
        }
        // Whole tens with a margin, so that the axis rarely jumps while the run goes on.
        double low = Math.max(0, 10 * Math.floor((min - 4) / 10));
        double high = Math.min(100, 10 * Math.ceil((max + 4) / 10));
        percent.setRange(low, Math.max(high, low + 10) + 1e-6);
        percent.setTickUnit(new NumberTickUnit(high - low > 40 ? 20 : 10), false, true);
    }

    private void showMarks(RunSeries series, ChartState state, XWindow window) {
        plot.clearRangeMarkers();
        plot.clearDomainMarkers();
        if (series.reference() != null) {
            double height = 100 * series.reference().accuracy();
            ValueMarker ceiling =
                    marker(height, ChartParts.stroke(1.2f, 2f, 4f), palette.reference());
            ceiling.setLabel(
                    String.format(Locale.ROOT, "%s, %.1f %%", series.reference().method(), height));
            // A run that nears its ceiling draws its accuracy just below it: the words are above,
            // or where the top is near, far enough below.
            boolean above =
                    percent.getUpperBound() - height > LABEL_SHARE * percent.getRange().getLength();
            double gap = above ? 2 : CEILING_LABEL_GAP;
            ceiling.setLabelAnchor(
                    above ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.BOTTOM_RIGHT);
            ceiling.setLabelTextAnchor(above ? TextAnchor.BOTTOM_RIGHT : TextAnchor.TOP_RIGHT);
            ceiling.setLabelOffset(new RectangleInsets(gap, 4, gap, 4));
            plot.addRangeMarker(ACCURACY_LINE, ceiling, Layer.BACKGROUND);
        }
        if (series.diverged() != null) {
            mark(series.diverged(), state.place(series.diverged(), window));
        }
        if (series.killed() != null) {
            mark(series.killed(), state.place(series.killed(), window));
        }
    }

    private void mark(RunSeries.Mark mark, double x) {
        ValueMarker line = marker(x, ChartParts.stroke(1.4f), palette.alarm());
        line.setLabel(mark.label());
        line.setLabelAnchor(RectangleAnchor.TOP_LEFT);
        line.setLabelTextAnchor(TextAnchor.TOP_RIGHT);
        plot.addDomainMarker(line, Layer.FOREGROUND);
    }

    private ValueMarker marker(double at, BasicStroke stroke, java.awt.Color colour) {
        ValueMarker marker = new ValueMarker(at, colour, stroke);
        marker.setAlpha(1f);
        marker.setLabelFont(palette.font());
        marker.setLabelPaint(colour);
        marker.setLabelBackgroundColor(new java.awt.Color(0, 0, 0, 0));
        marker.setLabelOffset(new RectangleInsets(3, 4, 3, 4));
        return marker;
    }

    private static boolean isEmpty(RunSeries series) {
        return series.loss().isEmpty() && series.heldOutLoss().isEmpty();
    }

    private static String summarise(RunSeries series) {
        if (isEmpty(series)) {
            return "No loss yet.";
        }
        StringBuilder text = new StringBuilder("Loss and accuracy");
        Column losses = series.smoothedLoss().values();
        if (!losses.isEmpty()) {
            text.append(
                    String.format(
                            " after %s: smoothed training loss %s, at first %s",
                            Units.plural(losses.size(), "step"),
                            Units.loss(losses.last(Double.NaN)),
                            Units.loss(losses.get(0))));
        }
        Column accuracies = series.heldOutAccuracy().values();
        if (!accuracies.isEmpty()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "; held-out accuracy %.1f %%, at first %.1f %%",
                            accuracies.last(Double.NaN),
                            accuracies.get(0)));
        }
        appendMarks(text, series);
        return text.append('.').toString();
    }

    private static void appendMarks(StringBuilder text, RunSeries series) {
        int gaps = series.gaps().values().size();
        if (gaps > 0) {
            text.append("; the loss was not a number in ").append(Units.plural(gaps, "step"));
        }
        if (series.diverged() != null) {
            double step = series.diverged().on(XAxis.STEP);
            text.append(String.format(Locale.ROOT, "; diverged at step %.0f", step));
        }
        if (series.killed() != null) {
            text.append("; killed");
        }
    }

    @Override
    public String summary() {
        return summary;
    }

    private static double least(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
    }

    private static double most(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
    }
}
