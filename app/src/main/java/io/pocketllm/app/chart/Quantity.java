package io.pocketllm.app.chart;

import io.pocketllm.app.text.Units;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** What several runs are compared by. */
public enum Quantity {
    /** Held-out loss, nats. */
    HELD_OUT_LOSS("held-out loss", RunSeries::heldOutLoss, Units::loss),
    /** Held-out accuracy, percent. */
    ACCURACY("accuracy", RunSeries::heldOutAccuracy, v -> percent(v)),
    /** Training loss, smoothed, nats. */
    TRAINING_LOSS("training loss", RunSeries::smoothedLoss, Units::loss),
    /** Resident set, megabytes. */
    MEMORY("memory", RunSeries::memory, v -> String.format(Locale.ROOT, "%,.0f MB", v)),
    /** Time of a step on the phone, real or simulated, else on this computer; seconds. */
    STEP_TIME("step time", RunSeries::deviceStepSeconds, Units::shortTime),
    /** Temperature of the phone, real or simulated, °C. */
    TEMPERATURE(
            "temperature", RunSeries::temperature, v -> String.format(Locale.ROOT, "%.1f °C", v));

    private final String text;
    private final Function<RunSeries, Series> series;
    private final DoubleFunction<String> print;

    Quantity(String text, Function<RunSeries, Series> series, DoubleFunction<String> print) {
        this.text = text;
        this.series = series;
        this.print = print;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value);
    }

    /** Its name on a button. */
    public String text() {
        return text;
    }

    /** Its line in a run. */
    public Series of(RunSeries run) {
        return series.apply(run);
    }

    /** How far a value is from another, with its sign; a difference of percents is in points. */
    public String printDifference(double difference) {
        String size = print(Math.abs(difference)).replace(" %", " points");
        return (difference < 0 ? "−" : "+") + size;
    }

    /** A value with its unit. */
    public String print(double value) {
        return print.apply(value);
    }
}
