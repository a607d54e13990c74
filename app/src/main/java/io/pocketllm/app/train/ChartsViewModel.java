package io.pocketllm.app.train;

import io.pocketllm.app.chart.ChartState;
import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.chart.Series;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import io.pocketllm.app.text.Units;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * How a person looks at the charts: axis, zoom, log scale, smoothing, and what is under the
 * pointer.
 */
public final class ChartsViewModel {

    private static final int VIEWS_KEPT = 30;

    private final RunSeries series;
    private final BooleanProperty follow = new SimpleBooleanProperty(true);
    private final BooleanProperty logarithmic = new SimpleBooleanProperty();
    private final BooleanProperty logarithmicX = new SimpleBooleanProperty();
    private final ObjectProperty<LowerChart> lower = new SimpleObjectProperty<>(LowerChart.MEMORY);
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();

    /** Views to go back to, the newest first; empty ones follow the run. */
    private final Deque<Optional<XWindow>> views = new ArrayDeque<>();

    private boolean movingOn;
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
                        remember();
                        window.set(null);
                    } else if (window.get() == null) {
                        window.set(series.extent(axis.get()));
                    }
                });
        // A window in steps means nothing in seconds.
        axis.addListener(
                (p, before, now) -> {
                    follow.set(true);
                    views.clear();
                    canGoBack.set(false);
                });
    }

    /** A person zoomed: new points no longer move the view. */
    public void zoom(XWindow to) {
        remember();
        show(to);
    }

    /** The same in small parts, by the wheel or by moving: all in a row are one to go back from. */
    public void move(XWindow to) {
        if (!movingOn) {
            remember();
        }
        show(to);
        movingOn = true;
    }

    private void show(XWindow to) {
        window.set(to);
        follow.set(false);
        movingOn = false;
    }

    private void remember() {
        movingOn = false;
        Optional<XWindow> view = Optional.ofNullable(window.get());
        if (!view.equals(views.peekFirst())) {
            views.addFirst(view);
        }
        if (views.size() > VIEWS_KEPT) {
            views.removeLast();
        }
        canGoBack.set(true);
    }

    /** Shows what was shown before the last zoom, move or reset. */
    public void back() {
        if (views.isEmpty()) {
            return;
        }
        Optional<XWindow> view = views.removeFirst();
        if (view.isPresent()) {
            show(view.get());
        } else {
            // Follow would remember the view that is left.
            follow.set(true);
            views.removeFirst();
        }
        movingOn = false;
        canGoBack.set(!views.isEmpty());
    }

    /** The state the charts are drawn in. */
    public ChartState state() {
        return new ChartState(axis.get(), window.get(), logarithmic.get(), logarithmicX.get());
    }

    /**
     * What the lines say at {@code x}, several short lines of text; empty where there is nothing.
     */
    public String lossAt(double x) {
        double loss = series.smoothedLoss().at(axis.get(), x);
        if (!Double.isFinite(x)
                || (isAhead(series.loss(), x) && isAhead(series.heldOutLoss(), x))) {
            return "";
        }
        StringBuilder text = new StringBuilder(axis.get().describe(x));
        if (Double.isFinite(loss)) {
            double raw = series.loss().at(axis.get(), x);
            text.append("\nloss ")
                    .append(Units.loss(loss))
                    .append(" (raw ")
                    .append(Units.loss(raw))
                    .append(")\nat +ε ")
                    .append(Units.loss(series.lossPlus().at(axis.get(), x)))
                    .append(", at −ε ")
                    .append(Units.loss(series.lossMinus().at(axis.get(), x)));
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

    /** What the lower chart's lines say at {@code x}; empty where there is nothing. */
    public String lowerAt(double x) {
        return switch (lower.get()) {
            case MEMORY -> memoryAt(x);
            case SLOPE -> slopeAt(x);
            case STEP_TIME -> stepTimeAt(x);
        };
    }

    /** True right of everything that was measured: the last value is not one of that place. */
    private boolean isAhead(Series line, double x) {
        return x > line.positions().on(axis.get()).last(Double.NEGATIVE_INFINITY) + 1;
    }

    private String slopeAt(double x) {
        double raw = series.slope().at(axis.get(), x);
        return !Double.isFinite(x) || !Double.isFinite(raw) || isAhead(series.slope(), x)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s%n|g| %.3g%nsmoothed %.3g",
                        axis.get().describe(x),
                        raw,
                        series.smoothedSlope().at(axis.get(), x));
    }

    private String stepTimeAt(double x) {
        double here = series.stepSeconds().at(axis.get(), x);
        double phone = series.phoneStepSeconds().at(axis.get(), x);
        return !Double.isFinite(x) || !Double.isFinite(here) || isAhead(series.stepSeconds(), x)
                ? ""
                : axis.get().describe(x)
                        + "\nthis computer "
                        + Units.shortTime(here)
                        + (Double.isFinite(phone) ? "\nphone " + Units.shortTime(phone) : "");
    }

    /** The memory at {@code x} in words; empty where there is nothing. */
    public String memoryAt(double x) {
        double megabytes = Double.isFinite(x) ? series.memory().at(axis.get(), x) : Double.NaN;
        return Double.isFinite(megabytes) && !isAhead(series.memory(), x)
                ? String.format(Locale.ROOT, "%s%n%,.0f MB", axis.get().describe(x), megabytes)
                : "";
    }

    /** True while the charts show everything and grow with the run. */
    public BooleanProperty followProperty() {
        return follow;
    }

    /** Whether the axes of loss, slope and step time are logarithmic. */
    public BooleanProperty logarithmicProperty() {
        return logarithmic;
    }

    /** Whether the horizontal axis is logarithmic. */
    public BooleanProperty logarithmicXProperty() {
        return logarithmicX;
    }

    /** What the chart under the losses shows. */
    public ObjectProperty<LowerChart> lowerProperty() {
        return lower;
    }

    /** True where there is a view to go back to. */
    public ReadOnlyBooleanProperty canGoBackProperty() {
        return canGoBack.getReadOnlyProperty();
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
