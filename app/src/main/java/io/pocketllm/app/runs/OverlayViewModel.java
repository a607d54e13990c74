package io.pocketllm.app.runs;

import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.OverlayChart;
import io.pocketllm.app.chart.OverlayLine;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import io.pocketllm.run.MeanAndDeviation;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/** How the selected runs are laid over each other, and what the overlay says at a place. */
public final class OverlayViewModel {

    private final RunsViewModel runs;
    private final ObjectProperty<Quantity> quantity =
            new SimpleObjectProperty<>(Quantity.HELD_OUT_LOSS);
    private final ObjectProperty<XAxis> axis = new SimpleObjectProperty<>(XAxis.STEP);
    private final ObjectProperty<XWindow> window = new SimpleObjectProperty<>();
    private final BooleanProperty differences = new SimpleBooleanProperty();
    private final DoubleProperty cursor = new SimpleDoubleProperty(Double.NaN);

    OverlayViewModel(RunsViewModel runs) {
        this.runs = runs;
        axis.addListener(o -> window.set(null));
    }

    /** The selected runs whose series have been read, ready to be drawn. */
    public List<OverlayLine> lines() {
        List<OverlayLine> lines = new ArrayList<>();
        for (RunRow row : runs.selected()) {
            List<RunSeries> series = runs.series(row);
            if (!series.isEmpty()) {
                lines.add(new OverlayLine(row.name(), runs.style(row), series));
            }
        }
        return lines;
    }

    /** The baseline's line, drawn or not; null without one, or before it is read. */
    private OverlayLine baseline() {
        RunRow row = runs.baseline().row();
        if (row == null || runs.series(row).isEmpty()) {
            return null;
        }
        LineStyle style = runs.style(row);
        return new OverlayLine(
                row.name(), style == null ? new LineStyle(0) : style, runs.series(row));
    }

    /** What is drawn now. */
    public OverlayChart.View view() {
        return new OverlayChart.View(
                quantity.get(), axis.get(), window.get(), baseline(), differences.get());
    }

    /** Every selected run's value at {@code x}, a line each. */
    public String readOut(double x) {
        StringBuilder text = new StringBuilder(axis.get().describe(x));
        OverlayLine baseline = baseline();
        Quantity shown = quantity.get();
        for (OverlayLine line : lines()) {
            MeanAndDeviation value = line.at(shown, axis.get(), x);
            if (!Double.isFinite(value.mean())) {
                continue;
            }
            text.append('\n').append(line.name()).append("  ");
            text.append(shown.print(value.mean()));
            if (Double.isFinite(value.deviation())) {
                text.append(" ± ").append(shown.print(value.deviation()));
            }
            if (baseline != null && !baseline.equals(line)) {
                double there = baseline.at(shown, axis.get(), x).mean();
                if (Double.isFinite(there)) {
                    text.append(" (").append(shown.printDifference(value.mean() - there));
                    text.append(')');
                }
            }
        }
        return text.toString();
    }

    /** What is drawn. */
    public ObjectProperty<Quantity> quantityProperty() {
        return quantity;
    }

    /** What the chart's horizontal axis counts. */
    public ObjectProperty<XAxis> axisProperty() {
        return axis;
    }

    /** The part of the axis that is shown; null for all. */
    public ObjectProperty<XWindow> windowProperty() {
        return window;
    }

    /** Whether differences from the baseline are drawn in place of values. */
    public BooleanProperty differencesProperty() {
        return differences;
    }

    /** Where on the axis a person looks, set by the replay; NaN for nowhere. */
    public DoubleProperty cursorProperty() {
        return cursor;
    }
}
