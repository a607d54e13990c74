package io.pocketllm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.run.MeanAndDeviation;
import io.pocketllm.run.sweep.Combination;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.RunState;
import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.Sweep;
import io.pocketllm.run.sweep.SweepEnd;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.TooLarge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/** A sweep's plan and its results as tables. */
final class SweepText {

    private SweepText() {}

    /** What would be run. */
    static String plan(
            SweepFile file, List<Combination> runs, Map<Combination, TooLarge> tooLarge) {
        List<String> keys = keys(runs);
        List<String> heading = heading(keys);
        heading.add("PLAN");
        TextTable table = new TextTable(heading);
        for (Combination run : runs) {
            List<String> row = settings(run, keys);
            TooLarge why = tooLarge.get(run);
            row.add(why == null ? "run" : "skipped: " + memory(why));
            table.add(row);
        }
        return table
                + String.format(
                        Locale.ROOT,
                        "%n%s: %d of %d runs here, %d skipped. Nothing was run.%n",
                        file.spec().name(),
                        runs.size(),
                        file.combinations().size(),
                        tooLarge.size());
    }

    /** One line about a combination that is left out. */
    static String skipped(Combination run, TooLarge why) {
        return "Skipped    "
                + run.folderName()
                + "  "
                + run.describe()
                + ": "
                + memory(why)
                + " (--run-anyway runs it)";
    }

    private static String memory(TooLarge why) {
        return String.format(
                Locale.ROOT,
                "takes %,d MB by plan, and %s allows %,d MB",
                megabytes(why.plannedBytes()),
                why.device().equals("none") ? "device.budgetBytes" : why.device(),
                megabytes(why.budgetBytes()));
    }

    /** One line about a run that has ended. */
    static String ended(RunResult run) {
        return String.format(
                Locale.ROOT,
                "%s after %d steps in %s: held-out accuracy %s, loss %s; peak memory %,d MB",
                run.state().words(),
                run.step(),
                duration(run.elapsedMillis()),
                percent(run.accuracy()),
                loss(run.loss()),
                megabytes(run.peakRssBytes()));
    }

    /** Every run that there is something to say about, and the groups. */
    static String results(SweepResults results) {
        List<RunResult> shown =
                results.runs().stream().filter(run -> run.state() != RunState.WAITING).toList();
        List<String> keys = keys(shown.stream().map(RunResult::combination).toList());
        List<String> heading = heading(keys);
        heading.addAll(List.of("ACCURACY", "LOSS", "STEPS", "PEAK MB", "TIME", "END"));
        TextTable table = new TextTable(heading);
        for (RunResult run : shown) {
            List<String> row = settings(run.combination(), keys);
            row.add(percent(run.accuracy()));
            row.add(loss(run.loss()));
            row.add(String.valueOf(run.step()));
            row.add(String.format(Locale.ROOT, "%,d", megabytes(run.peakRssBytes())));
            row.add(duration(run.elapsedMillis()));
            row.add(run.state().words());
            table.add(row);
        }
        String groups = results.groups().isEmpty() ? "" : "%n%s".formatted(groups(results));
        return "%n%s%s".formatted(table, groups);
    }

    private static String groups(SweepResults results) {
        Collection<String> keys = results.groups().getFirst().settings().keySet();
        List<String> heading = new ArrayList<>();
        keys.forEach(key -> heading.add(SettingText.shortKey(key, keys)));
        heading.addAll(List.of("SEEDS", "ACCURACY", "LOSS"));
        TextTable table = new TextTable(heading);
        for (var group : results.groups()) {
            List<String> row = new ArrayList<>();
            keys.forEach(key -> row.add(SettingText.of(group.settings().get(key))));
            row.add(group.finished().size() + " of " + group.runs());
            row.add(spread(group.over(RunResult::accuracy), SweepText::percent));
            row.add(spread(group.over(RunResult::loss), SweepText::loss));
            table.add(row);
        }
        return table.toString();
    }

    private static String spread(MeanAndDeviation figure, DoubleFunction<String> format) {
        String mean = format.apply(figure.mean());
        return Double.isNaN(figure.deviation())
                ? mean
                : mean.replace(" %", "") + " ± " + format.apply(figure.deviation());
    }

    /** What the sweep came to. */
    static String end(SweepEnd end, Sweep sweep, SweepResults results) {
        long open =
                results.runs().stream()
                        .filter(run -> sweep.combinations().contains(run.combination()))
                        .filter(run -> !run.state().isDone() && run.state() != RunState.SKIPPED)
                        .count();
        StringBuilder text = new StringBuilder();
        results.best()
                .ifPresent(
                        best ->
                                line(
                                        text,
                                        "Best by "
                                                + results.goal().key()
                                                + ": "
                                                + best.combination().folderName()
                                                + "  "
                                                + best.combination().describe()));
        if (open > 0) {
            String why =
                    switch (end) {
                        case DONE -> "What failed is tried again";
                        case INTERRUPTED -> "Interrupted; it goes on";
                        case TIME_OVER -> "maxMinutes are over; it goes on";
                    };
            line(
                    text,
                    "Open: %d of %d runs. %s with: pocketllm sweep \"%s\" --resume"
                            .formatted(
                                    open, sweep.combinations().size(), why, sweep.folder().path()));
        }
        line(text, "Sweep folder: " + sweep.folder().path());
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    private static List<String> keys(List<Combination> runs) {
        return runs.isEmpty() ? List.of() : List.copyOf(runs.getFirst().varied().keySet());
    }

    private static List<String> heading(List<String> keys) {
        List<String> heading = new ArrayList<>(List.of("RUN"));
        keys.forEach(key -> heading.add(SettingText.shortKey(key, keys)));
        return heading;
    }

    private static List<String> settings(Combination run, List<String> keys) {
        Map<String, JsonNode> settings = run.varied();
        List<String> row = new ArrayList<>(List.of(run.folderName()));
        keys.forEach(key -> row.add(SettingText.of(settings.get(key))));
        return row;
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String loss(double loss) {
        return Double.isNaN(loss) ? "-" : String.format(Locale.ROOT, "%.4f", loss);
    }

    static String duration(long millis) {
        long seconds = Math.round(millis / 1000.0);
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    private static long megabytes(long bytes) {
        return Math.round(bytes / 1e6);
    }
}
