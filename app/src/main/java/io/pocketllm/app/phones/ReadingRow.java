package io.pocketllm.app.phones;

import io.pocketllm.app.text.Units;
import io.pocketllm.phone.PhoneProfile;
import io.pocketllm.phone.PhoneReading;
import io.pocketllm.phone.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A line of what a phone told.
 *
 * @param name what it is
 * @param text the value, or why there is none
 * @param told whether there is one
 */
public record ReadingRow(String name, String text, boolean told) {

    /** Phones have dozens of sensors; the warmest tell enough. */
    private static final int MOST_SENSORS = 4;

    /** All lines. */
    public static List<ReadingRow> of(PhoneReading reading) {
        List<ReadingRow> rows = new ArrayList<>();
        rows.add(row("SoC", reading.chip(), PhoneProfile::chipName));
        rows.add(cores(reading.clusters()));
        rows.add(
                row("memory", reading.memoryBytes(), bytes -> Units.gigabytes(bytes))
                        .and(
                                "available",
                                reading.availableBytes(),
                                bytes -> Units.gigabytes(bytes) + " available"));
        rows.add(row("storage", reading.freeBytes(), bytes -> Units.gigabytes(bytes) + " free"));
        rows.add(
                row("battery", reading.batteryPercent(), percent -> Math.round(percent) + " %")
                        .and("warmth", reading.batteryCelsius(), ReadingRow::celsius)
                        .and("charger", reading.plugged(), ReadingRow::plugged));
        rows.add(
                row(
                        "full charge",
                        reading.batteryMilliampereHours(),
                        mah -> String.format(Locale.ROOT, "%,d mAh", mah)));
        rows.add(row("thermal status", reading.thermalStatus(), PhoneReading::thermalWord));
        if (!reading.temperatures().isEmpty()) {
            rows.add(new ReadingRow("sensors", sensors(reading.temperatures()), true));
        }
        rows.add(row("Android", reading.androidRelease(), Function.identity()));
        rows.add(row("ABI", reading.abi(), Function.identity()));
        return List.copyOf(rows);
    }

    private static <T> ReadingRow row(String name, Told<T> value, Function<T, String> words) {
        return value.isTold()
                ? new ReadingRow(name, words.apply(value.value()), true)
                : new ReadingRow(name, "not told: " + value.reason(), false);
    }

    /** The same line with another value of the same thing. */
    private <T> ReadingRow and(String what, Told<T> value, Function<T, String> words) {
        if (value.isTold()) {
            return told
                    ? new ReadingRow(name, text + ", " + words.apply(value.value()), true)
                    : new ReadingRow(name, text + "; " + words.apply(value.value()), false);
        }
        // Denied for the same reason, as a rule: said once.
        return told
                ? new ReadingRow(name, text + "; " + what + " not told: " + value.reason(), true)
                : this;
    }

    private static ReadingRow cores(Told<List<PhoneReading.Cluster>> clusters) {
        return row(
                "cores",
                clusters,
                all ->
                        String.join(
                                "\n",
                                all.stream()
                                        .map(
                                                c ->
                                                        c.count()
                                                                + " × "
                                                                + c.core().name()
                                                                + (c.clockHertz().isTold()
                                                                        ? ", "
                                                                                + Units.gigahertz(
                                                                                        c.clockHertz()
                                                                                                .value())
                                                                        : ", clock not told"))
                                        .toList()));
    }

    private static String plugged(boolean plugged) {
        return plugged ? "plugged in" : "not plugged in";
    }

    private static String sensors(Map<String, Double> temperatures) {
        List<String> warmest =
                temperatures.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(MOST_SENSORS)
                        .map(t -> t.getKey() + " " + celsius(t.getValue()))
                        .toList();
        int more = temperatures.size() - warmest.size();
        return String.join(", ", warmest) + (more > 0 ? ", and " + more + " cooler" : "");
    }

    private static String celsius(double degrees) {
        return String.format(Locale.ROOT, "%.1f °C", degrees);
    }
}
