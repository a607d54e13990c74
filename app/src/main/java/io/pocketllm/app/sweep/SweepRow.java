package io.pocketllm.app.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.app.text.Units;
import io.pocketllm.run.MeanAndDeviation;
import io.pocketllm.run.RunGroup;
import io.pocketllm.run.sweep.Parameter;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.RunState;
import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.SweepResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run of a sweep, or runs that differ in their seed alone, in words.
 *
 * @param runs numbers in the sweep: one, or those of a group
 * @param place "1" for the best; empty for what is not ranked
 * @param values one for each of {@link #keys}
 * @param state how it ended and why, how it goes on, or how many of a group finished
 * @param goesOn whether it is being run
 */
public record SweepRow(
        List<Integer> runs,
        String place,
        List<String> values,
        String accuracy,
        String loss,
        String steps,
        String memory,
        String time,
        String state,
        boolean goesOn) {

    /** Keys that differ between rows, in the sweep's order. */
    static List<String> keys(SweepResults results, boolean grouped) {
        return results.runs().isEmpty()
                ? List.of()
                : results.runs().getFirst().combination().varied().keySet().stream()
                        .filter(key -> !grouped || !key.equals(Parameter.SEED))
                        .toList();
    }

    /**
     * The rows, the best first; before it the run that goes on, which would be far below else.
     *
     * @param live the run that goes on, of which the results do not tell yet
     */
    static List<SweepRow> of(SweepResults results, boolean grouped, SweepProgress live) {
        List<String> keys = keys(results, grouped);
        List<SweepRow> rows = new ArrayList<>();
        if (grouped) {
            for (var group : results.groups()) {
                rows.add(of(group, keys, rows.size() + 1, live));
            }
            return rows;
        }
        for (RunResult run : results.runs()) {
            rows.add(of(run, keys, rows.size() + 1, live));
        }
        rows.sort(Comparator.comparing(row -> !row.goesOn()));
        return rows;
    }

    /** Whether results that were read before a run began are now less than what is heard of it. */
    private static boolean goesOn(RunResult run, SweepProgress live) {
        return run.combination().number() == live.number() && !run.state().isDone();
    }

    /** One run's row. */
    static SweepRow of(RunResult run, List<String> keys, int place, SweepProgress live) {
        List<String> values = values(run.combination().varied(), keys);
        if (goesOn(run, live)) {
            return new SweepRow(
                    List.of(live.number()),
                    "",
                    values,
                    accuracy(new MeanAndDeviation(live.accuracy(), Double.NaN)),
                    loss(new MeanAndDeviation(live.loss(), Double.NaN)),
                    Units.count(live.step()),
                    memory(live.peakRssBytes()),
                    time(run.elapsedMillis() + live.elapsedMillis()),
                    live.state(),
                    true);
        }
        boolean begun = run.state() != RunState.WAITING && run.state() != RunState.SKIPPED;
        return new SweepRow(
                List.of(run.combination().number()),
                run.state() == RunState.FINISHED ? "" + place : "",
                values,
                accuracy(new MeanAndDeviation(run.accuracy(), Double.NaN)),
                loss(new MeanAndDeviation(run.loss(), Double.NaN)),
                begun ? Units.count(run.step()) : "–",
                memory(run.peakRssBytes()),
                time(run.elapsedMillis()),
                run.state().words() + (run.why().isEmpty() ? "" : ", " + run.why()),
                false);
    }

    private static String memory(long bytes) {
        return bytes > 0 ? Units.megabytes(bytes) : "–";
    }

    private static String time(long millis) {
        return millis > 0 ? Units.duration(millis / 1000.0) : "–";
    }

    private static SweepRow of(
            RunGroup<Map<String, JsonNode>, RunResult> group,
            List<String> keys,
            int place,
            SweepProgress live) {
        boolean ranked = !group.finished().isEmpty();
        boolean goesOn = group.members().stream().anyMatch(run -> goesOn(run, live));
        return new SweepRow(
                group.members().stream().map(run -> run.combination().number()).toList(),
                ranked ? "" + place : "",
                values(group.settings(), keys),
                accuracy(group.over(RunResult::accuracy)),
                loss(group.over(RunResult::loss)),
                ranked
                        ? Units.count(
                                group.finished().stream().mapToInt(RunResult::step).max().orElse(0))
                        : "–",
                memory(group.members().stream().mapToLong(RunResult::peakRssBytes).max().orElse(0)),
                time(group.members().stream().mapToLong(RunResult::elapsedMillis).sum()),
                group.finished().size()
                        + " of "
                        + group.runs()
                        + " finished"
                        + (goesOn ? ", one running" : ""),
                goesOn);
    }

    private static List<String> values(Map<String, JsonNode> settings, List<String> keys) {
        return keys.stream().map(key -> SettingText.of(settings.get(key))).toList();
    }

    /** Such as "91.7 ± 2.0 %"; "–" for none. */
    static String accuracy(MeanAndDeviation share) {
        if (Double.isNaN(share.mean())) {
            return "–";
        }
        return Double.isNaN(share.deviation())
                ? Units.percent(share.mean())
                : String.format(
                        Locale.ROOT, "%.1f ± %.1f %%", 100 * share.mean(), 100 * share.deviation());
    }

    /** Such as "0.288 ± 0.007"; "–" for none. */
    static String loss(MeanAndDeviation nats) {
        if (Double.isNaN(nats.mean())) {
            return "–";
        }
        return Units.loss(nats.mean())
                + (Double.isNaN(nats.deviation()) ? "" : " ± " + Units.loss(nats.deviation()));
    }
}
