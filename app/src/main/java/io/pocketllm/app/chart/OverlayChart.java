package io.pocketllm.app.chart;

import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/** One quantity of any number of runs, a line each. */
public final class OverlayChart implements DrawnChart {

    /**
     * A run to draw.
     *
     * @param name its name
     * @param style its colour and dash
     * @param series its series
     */
    public record Line(String name, LineStyle style, RunSeries series) {}

    private final NumberAxis values = new NumberAxis();
    private final XYPlot plot = ChartParts.plot();
    private final JFreeChart chart;
    private Palette palette = Palette.LIGHT;
    private List<Line> lines = List.of();
    private String summary = "No run is selected.";

    /** An empty chart in the light colours. */
    public OverlayChart() {
        ChartParts.quiet(values);
        plot.setRangeAxis(0, values);
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
        for (int i = 0; i < lines.size(); i++) {
            colour(i);
        }
        chart.setNotify(true);
    }

    private void colour(int index) {
        ChartParts.colour(
                (XYLineAndShapeRenderer) plot.getRenderer(index),
                lines.get(index).style().colour(palette),
                palette.surface());
    }

    /**
     * Draws the lines. One change event, however many.
     *
     * @param window the part that is shown; null for all there is
     */
    public void update(List<Line> newLines, Quantity quantity, XAxis axis, XWindow window) {
        chart.setNotify(false);
        int before = lines.size();
        lines = List.copyOf(newLines);
        XWindow shown = window == null ? extent(lines, axis) : window;
        double min = Double.NaN;
        double max = Double.NaN;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            PointsDataset dataset = new PointsDataset(line.name());
            dataset.replace(quantity.of(line.series()).points(axis, shown));
            XYLineAndShapeRenderer renderer = ChartParts.line(2f);
            renderer.setDefaultStroke(line.style().stroke());
            plot.setDataset(i, dataset);
            plot.setRenderer(i, renderer);
            colour(i);
            min = Double.isNaN(min) ? dataset.points().minY() : least(min, dataset.points().minY());
            max = Double.isNaN(max) ? dataset.points().maxY() : most(max, dataset.points().maxY());
        }
        for (int i = lines.size(); i < before; i++) {
            plot.setDataset(i, null);
            plot.setRenderer(i, null);
        }
        boolean something = Double.isFinite(min);
        ChartParts.show(plot, axis, shown, false);
        ChartParts.showGrid(plot, something);
        values.setTickLabelsVisible(something);
        showRange(something ? min : 0, something ? max : 1);
        summary = summarise(quantity);
        chart.setNotify(true);
    }

    private void showRange(double min, double max) {
        double pad = Math.max(0.06 * (max - min), 1e-3 * Math.max(1e-6, Math.abs(max)));
        double low = min >= 0 ? Math.max(0, min - pad) : min - pad;
        values.setRange(low, max + pad);
        values.setTickUnit(ChartParts.fewTicks(max + pad - low), false, true);
    }

    /** All there is of all runs on an axis. */
    public static XWindow extent(List<Line> lines, XAxis axis) {
        return lines.stream()
                .map(line -> line.series().extent(axis))
                .reduce((a, b) -> a.max() >= b.max() ? a : b)
                .orElse(new XWindow(0, 10));
    }

    private String summarise(Quantity quantity) {
        if (lines.isEmpty()) {
            return "No run is selected.";
        }
        StringBuilder text = new StringBuilder(quantity.text());
        for (Line line : lines) {
            Column column = quantity.of(line.series()).values();
            text.append("; ")
                    .append(line.name())
                    .append(": ")
                    .append(
                            column.isEmpty()
                                    ? "none"
                                    : quantity.print(column.last(Double.NaN))
                                            + " at the end, at first "
                                            + quantity.print(column.get(0)));
        }
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    @Override
    public String summary() {
        return summary;
    }

    private static double least(double a, double b) {
        return Double.isNaN(b) ? a : Math.min(a, b);
    }

    private static double most(double a, double b) {
        return Double.isNaN(b) ? a : Math.max(a, b);
    }
}
