package io.pocketllm.app.train;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line of the log for an event. */
final class EventText {

    private EventText() {}

    static String line(Event event) {
        return String.format(
                Locale.ROOT, "%9.2f s  %s", event.elapsedMillis() / 1000.0, what(event));
    }

    private static String what(Event event) {
        return switch (event) {
            case Event.Preparing e ->
                    e.phase()
                            + (e.fraction() == null ? "" : ", " + Units.wholePercent(e.fraction()));
            case Event.Started e ->
                    String.format(
                            Locale.ROOT,
                            "started: %s, %s of %s parameters move, %s, %s on %s",
                            e.modelName(),
                            Units.count(e.trainableParameters()),
                            Units.count(e.parameters()),
                            e.method(),
                            Units.plural(e.threads(), "thread"),
                            e.deviceName());
            case Event.Step e ->
                    String.format(
                            Locale.ROOT,
                            "step %d: loss %s (+ε %s, −ε %s), slope %.4g, %s",
                            e.step(),
                            Units.loss(e.loss()),
                            Units.loss(e.lossPlus()),
                            Units.loss(e.lossMinus()),
                            e.projectedGradient(),
                            Units.shortTime(e.stepMillis() / 1000));
            case Event.Evaluated e ->
                    String.format(
                            Locale.ROOT,
                            "%s after step %d: loss %s, accuracy %s of %s",
                            e.split(),
                            e.step(),
                            Units.loss(e.loss()),
                            Units.percent(e.accuracy()),
                            Units.plural(e.examples(), "example"));
            case Event.Reference e ->
                    e.method()
                            + ": loss "
                            + Units.loss(e.loss())
                            + ", accuracy "
                            + Units.percent(e.accuracy());
            case Event.Memory e ->
                    "resident set "
                            + Units.megabytes(e.rssBytes())
                            + (e.budgetBytes() > 0
                                    ? " of " + Units.megabytes(e.budgetBytes())
                                    : "");
            case Event.Phone e -> "phone: " + phone(e);
            case Event.Prediction e -> "answered a question about a text";
            case Event.Paused e -> "paused after step " + e.step();
            case Event.Resumed e -> "resumed after step " + e.step();
            case Event.Warning e -> "warning: " + e.message() + " " + nothingForNull(e.hint());
            case Event.Killed e ->
                    "killed at "
                            + Units.megabytes(e.rssBytes())
                            + " of "
                            + Units.megabytes(e.budgetBytes())
                            + ": "
                            + nothingForNull(e.why());
            case Event.Diverged e ->
                    "diverged at step " + e.step() + ": " + nothingForNull(e.message());
            case Event.Finished e ->
                    (e.stopped() ? "stopped" : "finished") + " after step " + e.step();
            case Event.Failed e -> "failed: " + e.message() + " " + nothingForNull(e.hint());
        };
    }

    /** As far as the phone tells it: a real one does not tell all. */
    private static String phone(Event.Phone e) {
        List<String> parts = new ArrayList<>();
        if (e.temperatureCelsius() != null) {
            parts.add(
                    String.format(Locale.ROOT, "%.1f °C", e.temperatureCelsius())
                            + (e.temperatureOf() == null ? "" : " (" + e.temperatureOf() + ")"));
        }
        if (e.clockFraction() != null) {
            parts.add(String.format(Locale.ROOT, "clock %.0f %%", 100 * e.clockFraction()));
        }
        if (e.thermalStatus() != null) {
            parts.add("thermal status " + e.thermalStatus());
        }
        if (e.batteryPercent() != null) {
            parts.add(String.format(Locale.ROOT, "battery %.0f %%", e.batteryPercent()));
        }
        return String.join(", ", parts);
    }

    private static String nothingForNull(String text) {
        return text == null ? "" : text;
    }
}
