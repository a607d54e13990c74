package io.pocketllm.app.train;

import io.pocketllm.app.chart.ChartState;
import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import io.pocketllm.app.text.Units;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * How a person looks at the charts: axis, zoom, log scale, smoothing, and what is under the
 * pointer.
 */
public final class ChartsViewModel {

    private final RunSeries series;
    private final BooleanProperty follow = new SimpleBooleanProperty(true);
    private final BooleanProperty logarithmic = new SimpleBooleanProperty();
    private final ObjectProperty<XAxis> axis = new SimpleObjectProperty<>(XAxis.STEP);
    private final ObjectProperty<XWindow> window = new SimpleObjectProperty<>();
    private final DoubleProperty smoothing = new SimpleDoubleProperty(0.9);
    private final DoubleProperty hover = new SimpleDoubleProperty(Double.NaN);

    /**
     * @param series the lines that are looked at
     */
    public ChartsViewModel(RunSeries series) {
        this.series = series;
        series.smooth(smoothing.get());
        smoothing.addListener(
                (p, before, now) -> series.smooth(Math.clamp(now.doubleValue(), 0, 0.999)));
        follow.addListener(
                (p, before, now) -> {
                    if (now) {
                        window.set(null);
                    } else if (window.get() == null) {
                        window.set(series.extent(axis.get()));
                    }
                });
        // A window in steps means nothing in seconds.
        axis.addListener((p, before, now) -> follow.set(true));
    }

    /** A person zoomed or moved: new points no longer move the view. */
    public void zoom(XWindow to) {
        window.set(to);
        follow.set(false);
    }

    /** The state the charts are drawn in. */
    public ChartState state() {
        return new ChartState(axis.get(), window.get(), logarithmic.get());
    }

    /**
     * What the lines say at {@code x}, several short lines of text; empty where there is nothing.
     */
    public String lossAt(double x) {
        double loss = series.smoothedLoss().at(axis.get(), x);
        if (!Double.isFinite(x) || (series.loss().isEmpty() && series.heldOutLoss().isEmpty())) {
            return "";
        }
        StringBuilder text = new StringBuilder(axis.get().describe(x));
        if (Double.isFinite(loss)) {
            double raw = series.loss().at(axis.get(), x);
            text.append("\nloss ")
                    .append(Units.loss(loss))
                    .append(" (raw ")
                    .append(Units.loss(raw))
                    .append(')');
        }
        double heldOut = series.heldOutLoss().at(axis.get(), x);
        if (Double.isFinite(heldOut)) {
            text.append("\nheld-out loss ").append(Units.loss(heldOut));
            text.append(
                    String.format(
                            Locale.ROOT,
                            "\naccuracy %.1f %%",
                            series.heldOutAccuracy().at(axis.get(), x)));
        }
        return text.toString();
    }

    /** The memory at {@code x} in words; empty where there is nothing. */
    public String memoryAt(double x) {
        double megabytes = Double.isFinite(x) ? series.memory().at(axis.get(), x) : Double.NaN;
        return Double.isFinite(megabytes)
                ? String.format(Locale.ROOT, "%s%n%,.0f MB", axis.get().describe(x), megabytes)
                : "";
    }

    /** True while the charts show everything and grow with the run. */
    public BooleanProperty followProperty() {
        return follow;
    }

    /** Whether the loss axis is logarithmic. */
    public BooleanProperty logarithmicProperty() {
        return logarithmic;
    }

    /** What the horizontal axis counts. */
    public ObjectProperty<XAxis> axisProperty() {
        return axis;
    }

    /** The part a person zoomed to, or null. */
    public ObjectProperty<XWindow> windowProperty() {
        return window;
    }

    /** Weight of the moving average, 0 to below 1. */
    public DoubleProperty smoothingProperty() {
        return smoothing;
    }

    /**
     * Where the pointer is, in the unit of the axis; NaN where it is elsewhere. Both charts show
     * it.
     */
    public DoubleProperty hoverProperty() {
        return hover;
    }
}
