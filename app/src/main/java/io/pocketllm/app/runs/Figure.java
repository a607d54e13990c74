package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.MeanAndDeviation;
import io.pocketllm.run.RunOverview;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** A figure that runs are held against each other by. */
public enum Figure {
    /** Held-out accuracy, 0 to 1. */
    ACCURACY("accuracy", RunOverview::accuracy, Units::percent, true),
    /** Held-out loss, nats. */
    LOSS("loss", RunOverview::loss, Units::loss, false),
    /** The most memory held, bytes. */
    MEMORY(
            "peak memory",
            run -> run.peakRssBytes() > 0 ? run.peakRssBytes() : Double.NaN,
            Units::megabytes,
            false),
    /** How long the run's last worker worked on this computer, seconds. */
    TIME(
            "time",
            run -> run.elapsedMillis() > 0 ? run.elapsedMillis() / 1000.0 : Double.NaN,
            Units::duration,
            false);

    private final String text;
    private final ToDoubleFunction<RunOverview> value;
    private final DoubleFunction<String> print;
    private final boolean moreIsBetter;

    Figure(
            String text,
            ToDoubleFunction<RunOverview> value,
            DoubleFunction<String> print,
            boolean moreIsBetter) {
        this.text = text;
        this.value = value;
        this.print = print;
        this.moreIsBetter = moreIsBetter;
    }

    /** Its name at the head of a column. */
    public String text() {
        return text;
    }

    /** Its value in a run, or NaN. */
    public double of(RunOverview run) {
        return value.applyAsDouble(run);
    }

    /** A value with its unit; "–" for none. */
    public String print(double number) {
        return Double.isNaN(number) ? "–" : print.apply(number);
    }

    /** Mean and deviation such as "84.4 ± 0.6 %"; a single value without. */
    public String print(MeanAndDeviation figure) {
        if (Double.isNaN(figure.deviation())) {
            return print(figure.mean());
        }
        String deviation = print(figure.deviation());
        String mean = print(figure.mean());
        String unit = mean.substring(mean.lastIndexOf(' ') + 1);
        boolean shared = this != TIME && mean.contains(" ") && deviation.endsWith(" " + unit);
        return (shared ? mean.substring(0, mean.length() - unit.length() - 1) : mean)
                + " ± "
                + deviation;
    }

    /** A difference with its sign, such as "−2.1" points, "+0.031", "+12 MB" or "−40 s". */
    public String printDifference(double difference) {
        if (Double.isNaN(difference)) {
            return "";
        }
        double size = Math.abs(difference);
        String number =
                switch (this) {
                    case ACCURACY -> String.format(Locale.ROOT, "%.1f", 100 * size);
                    // One unit as long as that reads well: the cell is narrow.
                    case TIME -> size < 1000 ? Math.round(size) + " s" : print(size);
                    case LOSS, MEMORY -> print(size);
                };
        boolean nothing = number.matches("[0.,]+( MB| s)?");
        return nothing ? "±0" : (difference < 0 ? "−" : "+") + number;
    }

    /** Whether a difference is to the better; false for none. */
    public boolean better(double difference) {
        return moreIsBetter ? difference > 0 : difference < 0;
    }
}
