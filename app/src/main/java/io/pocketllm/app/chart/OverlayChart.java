package io.pocketllm.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;

/**
 * One quantity of any number of runs, a line each; runs taken together as their mean in a band of
 * one standard deviation to each side.
 */
public final class OverlayChart implements DrawnChart {

    private static final int BAND_ALPHA = 46;

    /**
     * What is drawn of the lines.
     *
     * @param window the part that is shown; null for all there is
     * @param baseline the line that others are held against; null for none
     * @param differences whether differences from the baseline are drawn in place of values
     */
    public record View(
            Quantity quantity,
            XAxis axis,
            XWindow window,
            OverlayLine baseline,
            boolean differences) {

        /** Values, all there is. */
        public View(Quantity quantity, XAxis axis) {
            this(quantity, axis, null, null, false);
        }

        boolean drawsDifferences() {
            return differences && baseline != null;
        }
    }

    private final NumberAxis values = new NumberAxis();
    private final XYPlot plot = ChartParts.plot();
    private final ValueMarker zero = new ValueMarker(0);
    private final JFreeChart chart;
    private Palette palette = Palette.LIGHT;
    private List<OverlayLine> lines = List.of();
    private String summary = "No run is selected.";

    /** An empty chart in the light colours. */
    public OverlayChart() {
        ChartParts.quiet(values);
        plot.setRangeAxis(0, values);
        zero.setStroke(new BasicStroke(1.2f));
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
        zero.setPaint(palette.mutedInk());
        for (int i = 0; i < lines.size(); i++) {
            colour(i);
        }
        chart.setNotify(true);
    }

    private void colour(int index) {
        Color colour = lines.get(index).style().colour(palette);
        DeviationRenderer renderer = (DeviationRenderer) plot.getRenderer(index);
        ChartParts.colour(renderer, colour, palette.surface());
        renderer.setSeriesFillPaint(
                0, new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_ALPHA));
    }

    /** Draws the lines. One change event, however many. */
    public void update(List<OverlayLine> newLines, View view) {
        chart.setNotify(false);
        int before = lines.size();
        lines = List.copyOf(newLines);
        XWindow shown = view.window() == null ? extent(lines, view.axis()) : view.window();
        double min = Double.NaN;
        double max = Double.NaN;
        for (int i = 0; i < lines.size(); i++) {
            OverlayLine line = lines.get(i);
            BandDataset dataset = new BandDataset(line.name(), curve(line, view, shown));
            DeviationRenderer renderer = ChartParts.band();
            boolean pinned = line.equals(view.baseline());
            renderer.setDefaultStroke(line.style().stroke(pinned ? 3f : 2f));
            plot.setDataset(i, dataset);
            plot.setRenderer(i, renderer);
            colour(i);
            min = Double.isNaN(min) ? dataset.minY() : least(min, dataset.minY());
            max = Double.isNaN(max) ? dataset.maxY() : most(max, dataset.maxY());
        }
        for (int i = lines.size(); i < before; i++) {
            plot.setDataset(i, null);
            plot.setRenderer(i, null);
        }
        plot.removeRangeMarker(zero);
        if (view.drawsDifferences()) {
            plot.addRangeMarker(zero);
        }
        boolean something = Double.isFinite(min);
        ChartParts.show(plot, view.axis(), shown, false);
        ChartParts.showGrid(plot, something);
        values.setTickLabelsVisible(something);
        showRange(something ? min : 0, something ? max : 1);
        summary = summarise(view);
        chart.setNotify(true);
    }

    private static OverlayLine.Curve curve(OverlayLine line, View view, XWindow shown) {
        return view.drawsDifferences()
                ? line.minus(view.baseline(), view.quantity(), view.axis(), shown)
                : line.curve(view.quantity(), view.axis(), shown);
    }

    private void showRange(double min, double max) {
        double pad = Math.max(0.06 * (max - min), 1e-3 * Math.max(1e-6, Math.abs(max)));
        double low = min >= 0 ? Math.max(0, min - pad) : min - pad;
        values.setRange(low, max + pad);
        values.setTickUnit(ChartParts.fewTicks(max + pad - low), false, true);
    }

    /** All there is of all runs on an axis. */
    public static XWindow extent(List<OverlayLine> lines, XAxis axis) {
        return lines.stream()
                .map(line -> line.extent(axis))
                .reduce((a, b) -> a.max() >= b.max() ? a : b)
                .orElse(new XWindow(0, 10));
    }

    private String summarise(View view) {
        if (lines.isEmpty()) {
            return "No run is selected.";
        }
        Quantity quantity = view.quantity();
        StringBuilder text = new StringBuilder(quantity.text());
        for (OverlayLine line : lines) {
            double first = line.at(quantity, XAxis.STEP, 0).mean();
            double last = line.at(quantity, XAxis.STEP, Double.MAX_VALUE).mean();
            text.append("; ").append(line.name()).append(": ");
            text.append(Double.isNaN(last) ? "none" : quantity.print(last) + " at the end");
            if (!Double.isNaN(first)) {
                text.append(", at first ").append(quantity.print(first));
            }
            if (line.members().size() > 1) {
                text.append(", mean of ").append(line.members().size()).append(" runs");
            }
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
