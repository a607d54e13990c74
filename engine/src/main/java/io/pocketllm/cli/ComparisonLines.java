package io.pocketllm.cli;

import io.pocketllm.phone.ComparisonText;
import io.pocketllm.phone.RunComparison;
import io.pocketllm.phone.RunMeasurements;
import io.pocketllm.phone.StepRatio;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A phone beside its simulation, as a table and sentences for a terminal. */
final class ComparisonLines {

    private ComparisonLines() {}

    static void print(RunComparison comparison, PrintWriter out) {
        RunMeasurements real = comparison.real();
        RunMeasurements simulated = comparison.simulated();
        StepRatio steps = comparison.steps();
        TextTable table = new TextTable(List.of("", "phone", "simulated"));
        table.add(
                List.of(
                        "a step",
                        millis(steps.realMillis(), steps.realDeviation()),
                        millis(steps.simulatedMillis(), steps.simulatedDeviation())));
        table.add(
                List.of(
                        "most memory",
                        megabytes(real.peakRssBytes()),
                        megabytes(simulated.peakRssBytes())));
        table.add(List.of("temperature", temperature(real), temperature(simulated)));
        table.add(List.of("throttles", throttles(real), throttles(simulated)));
        out.print(table);
        out.println(ComparisonText.verdict(comparison));
        String throttling = ComparisonText.throttling(comparison);
        if (!throttling.isEmpty()) {
            out.println(throttling);
        }
        comparison.warnings().forEach(warning -> out.println("Note: " + warning));
        if (!comparison.doubt().isEmpty()) {
            out.println("Not enough to correct the profile: " + comparison.doubt());
        }
    }

    private static String millis(double median, double deviation) {
        return Double.isNaN(median)
                ? "-"
                : format("%,.1f ms (half within ±%.1f)", median, deviation);
    }

    private static String megabytes(long bytes) {
        return bytes == 0 ? "-" : format("%,.0f MB", bytes / 1e6);
    }

    private static String temperature(RunMeasurements run) {
        if (run.startCelsius() == null) {
            return "not told";
        }
        return format("%.1f to %.1f °C", run.startCelsius(), run.hottestCelsius())
                + (run.temperatureOf() == null ? "" : " (" + run.temperatureOf() + ")");
    }

    private static String throttles(RunMeasurements run) {
        if (run.throttledAtStep() != null) {
            return "from step " + run.throttledAtStep();
        }
        return run.isThrottlingTold() ? "no" : "not told";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
