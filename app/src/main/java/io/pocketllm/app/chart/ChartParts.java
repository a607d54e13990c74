package io.pocketllm.app.chart;

import io.pocketllm.app.text.Units;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLabelLocation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnits;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;

/**
 * What the two charts are put together from, so that they look alike and their horizontal axes line
 * up.
 */
final class ChartParts {

    static final Font TICK_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    /** Room for the axis labels left and right, logical pixels; the same in both charts. */
    private static final double LEFT = 48;

    private static final double RIGHT = 48;

    private ChartParts() {}

    static XYPlot plot() {
        XYPlot plot = new XYPlot();
        plot.setDomainAxis(xAxis());
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(6, 0, 2, 0));
        return plot;
    }

    static JFreeChart chart(XYPlot plot) {
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return chart;
    }

    private static NumberAxis xAxis() {
        NumberAxis axis = new NumberAxis();
        quiet(axis);
        axis.setLabelLocation(AxisLabelLocation.MIDDLE);
        axis.setLabelInsets(new RectangleInsets(0, 0, 0, 0));
        return axis;
    }

    /** No lines and ticks of the axis itself: the grid says enough. */
    static void quiet(ValueAxis axis) {
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setTickLabelFont(TICK_FONT);
        axis.setLabelFont(TICK_FONT);
        axis.setAutoRange(false);
    }

    static void show(XYPlot plot, XAxis kind, XWindow window, boolean logarithmic) {
        ValueAxis before = plot.getDomainAxis();
        if (logarithmic != before instanceof LogAxis) {
            ValueAxis other = logarithmic ? logXAxis() : xAxis();
            other.setTickLabelPaint(before.getTickLabelPaint());
            other.setLabelPaint(before.getLabelPaint());
            other.setTickLabelFont(before.getTickLabelFont());
            other.setLabelFont(before.getLabelFont());
            plot.setDomainAxis(other);
        }
        plot.getDomainAxis().setLabel(kind.axisLabel());
        plot.getDomainAxis().setRange(window.min(), window.max());
        if (plot.getDomainAxis() instanceof LogAxis axis) {
            axis.setNumberFormatOverride(
                    format(
                            kind == XAxis.STEP
                                    ? v -> String.format(Locale.ROOT, "%,.0f", v)
                                    : Units::clock));
        } else if (plot.getDomainAxis() instanceof NumberAxis axis) {
            show(axis, kind, window);
        }
    }

    private static LogAxis logXAxis() {
        LogAxis axis = new RoundLogAxis();
        quiet(axis);
        axis.setSmallestValue(1e-3);
        axis.setLabelLocation(AxisLabelLocation.MIDDLE);
        axis.setLabelInsets(new RectangleInsets(0, 0, 0, 0));
        return axis;
    }

    /** Two or three digits without noughts at the end: 0.8, 120, 3e-05. */
    private static String shortNumber(double value) {
        return value >= 1e-3 && value < 1e5
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.format(Locale.ROOT, "%.0e", value);
    }

    /** A logarithmic axis of values. */
    static LogAxis logAxis() {
        LogAxis axis = new RoundLogAxis();
        quiet(axis);
        axis.setSmallestValue(1e-12);
        axis.setNumberFormatOverride(format(ChartParts::shortNumber));
        return axis;
    }

    /**
     * Shows a range on one of two axes, with a margin and few labels.
     *
     * @param min smallest value that is shown; NaN where there is none
     */
    static void showRange(
            XYPlot plot,
            NumberAxis straight,
            LogAxis logarithmic,
            boolean log,
            double min,
            double max) {
        ValueAxis axis = log ? logarithmic : straight;
        if (plot.getRangeAxis() != axis) {
            plot.setRangeAxis(0, axis);
        }
        axis.setTickLabelsVisible(Double.isFinite(min));
        if (!Double.isFinite(min)) {
            straight.setRange(0, 1);
            logarithmic.setRange(0.1, 1);
            return;
        }
        if (log) {
            double low = Math.max(min, 1e-9) / 1.05;
            double high = Math.max(max, low * 1.2) * 1.05;
            logarithmic.setRange(low, high);
            return;
        }
        double pad = Math.max(0.06 * (max - min), 1e-3 * Math.max(1e-6, Math.abs(max)));
        double low = min >= 0 ? Math.max(0, min - pad) : min - pad;
        straight.setRange(low, max + pad);
        straight.setTickUnit(fewTicks(max + pad - low), false, true);
    }

    private static void show(NumberAxis axis, XAxis kind, XWindow window) {
        if (kind == XAxis.STEP) {
            axis.setTickUnit(stepTicks(window.width()), false, true);
        } else {
            axis.setStandardTickUnits(clockUnits());
            axis.setAutoTickUnitSelection(true, false);
        }
    }

    /** An empty chart shows no grid and no numbers: they would mean nothing. */
    static void showGrid(XYPlot plot, boolean visible) {
        plot.setRangeGridlinesVisible(visible);
        plot.getDomainAxis().setTickLabelsVisible(visible);
        if (!visible) {
            plot.getDomainAxis().setLabel(null);
        }
    }

    /** A round number of steps that gives four to nine labels. */
    private static NumberTickUnit stepTicks(double span) {
        double unit = Math.max(1, roundUnit(span / 7));
        return new NumberTickUnit(unit, format(v -> String.format(Locale.ROOT, "%,.0f", v)));
    }

    /** 1, 2 or 5 times a power of ten, the nearest to {@code rough}. */
    private static double roundUnit(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
    }

    /** A round unit that gives three to six labels: more would only be noise beside the line. */
    static NumberTickUnit fewTicks(double span) {
        double unit = roundUnit(span / 4);
        int decimals = (int) Math.clamp(-Math.floor(Math.log10(unit) + 1e-9), 0, 6);
        return new NumberTickUnit(
                unit, format(v -> String.format(Locale.ROOT, "%,." + decimals + "f", v)));
    }

    private static TickUnits clockUnits() {
        TickUnits units = new TickUnits();
        NumberFormat clock = format(Units::clock);
        for (int seconds :
                new int[] {
                    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200,
                    86_400
                }) {
            units.add(new NumberTickUnit(seconds, clock));
        }
        return units;
    }

    static void colour(XYPlot plot, JFreeChart chart, Palette palette) {
        chart.setBackgroundPaint(palette.surface());
        plot.setBackgroundPaint(palette.surface());
        plot.setRangeGridlinePaint(palette.grid());
        AxisSpace sides = new AxisSpace();
        sides.setLeft(LEFT * palette.textScale());
        sides.setRight(RIGHT * palette.textScale());
        plot.setFixedRangeAxisSpace(sides);
        plot.getDomainAxis().setTickLabelFont(palette.font());
        plot.getDomainAxis().setLabelFont(palette.font());
        for (int i = 0; i < plot.getRangeAxisCount(); i++) {
            plot.getRangeAxis(i).setTickLabelFont(palette.font());
            plot.getRangeAxis(i).setTickLabelPaint(palette.mutedInk());
            plot.getRangeAxis(i).setLabelPaint(palette.mutedInk());
        }
        plot.getDomainAxis().setTickLabelPaint(palette.mutedInk());
        plot.getDomainAxis().setLabelPaint(palette.mutedInk());
    }

    static XYLineAndShapeRenderer line(float width, float... dash) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setDefaultStroke(stroke(width, dash));
        renderer.setAutoPopulateSeriesStroke(false);
        renderer.setAutoPopulateSeriesPaint(false);
        renderer.setAutoPopulateSeriesShape(false);
        return renderer;
    }

    /** A line in a band; the band's colour says by itself how much shines through. */
    static DeviationRenderer band() {
        DeviationRenderer renderer = new DeviationRenderer(true, false);
        renderer.setAlpha(1f);
        renderer.setAutoPopulateSeriesStroke(false);
        renderer.setAutoPopulateSeriesPaint(false);
        renderer.setAutoPopulateSeriesShape(false);
        renderer.setAutoPopulateSeriesFillPaint(false);
        return renderer;
    }

    static XYLineAndShapeRenderer lineWithDots(float width, float... dash) {
        XYLineAndShapeRenderer renderer = line(width, dash);
        renderer.setDefaultShapesVisible(true);
        renderer.setDefaultShapesFilled(true);
        renderer.setUseFillPaint(true);
        renderer.setUseOutlinePaint(true);
        renderer.setDrawOutlines(true);
        renderer.setDefaultShape(new Ellipse2D.Double(-3, -3, 6, 6));
        renderer.setDefaultOutlineStroke(new BasicStroke(1.8f));
        return renderer;
    }

    static XYLineAndShapeRenderer marks(Shape shape) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setDefaultShape(shape);
        renderer.setAutoPopulateSeriesShape(false);
        renderer.setAutoPopulateSeriesPaint(false);
        return renderer;
    }

    static void colour(XYLineAndShapeRenderer renderer, Color line, Color fill) {
        renderer.setDefaultPaint(line);
        renderer.setDefaultOutlinePaint(line);
        renderer.setDefaultFillPaint(fill);
    }

    static BasicStroke stroke(float width, float... dash) {
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(
                        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dash, 0f);
    }

    /** A number format of a function; it only prints. */
    static NumberFormat format(DoubleFunction<String> print) {
        return new NumberFormat() {
            @Override
            public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
                return to.append(print.apply(number));
            }

            @Override
            public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
                return to.append(print.apply(number));
            }

            @Override
            public Number parse(String source, ParsePosition position) {
                throw new UnsupportedOperationException("axis labels are never read back");
            }
        };
    }
}
