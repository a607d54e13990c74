package io.pocketllm.app.phones;

import io.pocketllm.app.chart.Quantity;
import io.pocketllm.phone.ComparisonText;
import io.pocketllm.phone.RunComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * What the card of simulated beside real says and offers. Empty texts are not shown.
 *
 * @param title what is drawn, with its unit
 * @param empty what to do where there is nothing to compare
 * @param verdict how the two compare
 * @param notes what a person should know with it, a line each
 * @param saved what was kept of it
 * @param savingProblem why it could not be
 * @param canRecalibrate whether the profile can be corrected by it
 * @param canUndo whether the last correction can be taken back
 * @param canSimulate whether the phone's run can be simulated here now
 * @param whyNotSimulate why not; empty where it can, or where that needs no word
 */
public record BesideWords(
        String title,
        String empty,
        String verdict,
        String notes,
        String saved,
        String savingProblem,
        boolean canRecalibrate,
        boolean canUndo,
        boolean canSimulate,
        String whyNotSimulate) {

    private static final String NO_RUN =
            "Run something on this phone: its step time, memory and temperature are then drawn here,"
                    + " beside those of its simulation.";

    private static final String NO_TWIN =
            "There is no simulated run of this run file yet. \"Simulate it here\" makes one on the"
                    + " phone's own profile.";

    static BesideWords of(
            boolean hasRun,
            boolean hasTwin,
            Quantity quantity,
            RunComparison comparison,
            BesideProfile profile,
            boolean canSimulate,
            String hold) {
        boolean sure = comparison != null && comparison.doubt().isEmpty();
        return new BesideWords(
                title(quantity) + ": simulated beside real",
                !hasRun ? NO_RUN : hasTwin ? "" : NO_TWIN,
                comparison == null ? "" : ComparisonText.verdict(comparison),
                comparison == null ? "" : notes(comparison),
                profile.text(),
                profile.problem(),
                sure && !profile.holds(comparison),
                profile.canUndo(),
                canSimulate,
                hasRun ? hold : "");
    }

    private static String title(Quantity quantity) {
        return switch (quantity) {
            case STEP_TIME -> "Seconds a step";
            case MEMORY -> "Memory, MB";
            case TEMPERATURE -> "Temperature, °C";
            case TRAINING_LOSS -> "Training loss, nats";
            case HELD_OUT_LOSS -> "Held-out loss, nats";
            case ACCURACY -> "Held-out accuracy, %";
        };
    }

    private static String notes(RunComparison comparison) {
        List<String> notes = new ArrayList<>();
        notes.add(ComparisonText.throttling(comparison));
        notes.addAll(comparison.warnings());
        // Before there is a verdict there is nothing to doubt.
        notes.add(comparison.steps().steps() == 0 ? "" : comparison.doubt());
        notes.removeIf(String::isEmpty);
        return String.join("\n", notes);
    }
}
