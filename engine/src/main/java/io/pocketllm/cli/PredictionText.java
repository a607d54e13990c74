package io.pocketllm.cli;

import io.pocketllm.run.Event;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** A prediction as a small table for people. */
final class PredictionText {

    private PredictionText() {}

    static void print(Event.Prediction answer, PrintWriter out) {
        out.println("\"" + answer.text().strip().replaceAll("\\R", " / ") + "\"");
        Map<String, Double> start = answer.startProbabilities();
        Map<String, Double> now = answer.probabilities();
        Map<String, Double> labels = now == null ? start : now;
        if (labels != null) {
            int width = labels.keySet().stream().mapToInt(String::length).max().orElse(0);
            String row = "  %-" + width + "s  %8s  %8s%n";
            String after = answer.step() == 0 ? "" : "step " + answer.step();
            out.printf(Locale.ROOT, row, "", "start", after);
            for (String label : labels.keySet()) {
                out.printf(
                        Locale.ROOT,
                        row,
                        label,
                        percent(start, label),
                        answer.step() == 0 ? "" : percent(now, label));
            }
        }
        if (answer.note() != null) {
            out.println("  " + answer.note());
        }
    }

    private static String percent(Map<String, Double> probabilities, String label) {
        return probabilities == null
                ? "–"
                : String.format(Locale.ROOT, "%.1f %%", 100 * probabilities.get(label));
    }
}
