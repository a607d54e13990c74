package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import io.pocketllm.run.MeanAndDeviation;
import io.pocketllm.run.RunOverview;
import io.pocketllm.run.RunSpec;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run as the table shows it, or several that differ in their seed alone.
 *
 * @param runs what is known of them, at least one
 */
public record RunRow(List<RunOverview> runs) {

    /** Keeps the list as it is now. */
    public RunRow {
        runs = List.copyOf(runs);
    }

    /** A row of one run. */
    public RunRow(RunOverview run) {
        this(List.of(run));
    }

    /** The run; of several the first, which tells what they share. */
    public RunOverview run() {
        return runs.getFirst();
    }

    /** Whether the row stands for several runs. */
    public boolean isGroup() {
        return runs.size() > 1;
    }

    /** The folder of {@link #run}, which tells the row from every other. */
    public Path folder() {
        return run().folder();
    }

    /** The folders of all its runs. */
    public Set<Path> folders() {
        return runs.stream().map(RunOverview::folder).collect(Collectors.toSet());
    }

    /** Its name. */
    public String name() {
        if (!isGroup()) {
            return run().name();
        }
        return (run().notes().name().isEmpty() && run().file() != null
                        ? commonName()
                        : run().name())
                + " × "
                + runs.size();
    }

    /** What the names have in common, as "lora" of "lora: seed=1" and "lora: seed=2". */
    private String commonName() {
        String common = run().name();
        for (RunOverview other : runs) {
            String name = other.name();
            int same = 0;
            while (same < Math.min(common.length(), name.length())
                    && common.charAt(same) == name.charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        String words = common.replaceAll("[\\s:,\\-_]*(seed[=\\-_ ]?|s)?[\\s:,\\-_]*$", "");
        return words.isEmpty() ? run().name() : words;
    }

    /** The sweep that it is a run of; empty for none. */
    public String sweep() {
        return run().sweep();
    }

    /** Whether all of it is kept out of sight. */
    public boolean archived() {
        return runs.stream().allMatch(run -> run().notes().archived());
    }

    /** Those of its runs whose figures count: of one run its own, of several the finished ones. */
    public List<RunOverview> counted() {
        return isGroup() ? runs.stream().filter(RunOverview::finished).toList() : runs;
    }

    /** A figure over the runs that count; NaN where it is not known. */
    public MeanAndDeviation figure(Figure figure) {
        return MeanAndDeviation.of(counted().stream().mapToDouble(figure::of).toArray());
    }

    /** When it began, such as "2026-01-31 18:05"; it sorts as text. */
    public String date() {
        if (run().started() != null && run().started().time().length() >= 16) {
            return run().started().time().substring(0, 16).replace('T', ' ');
        }
        // Folders are named after the moment they were made: yyyy-MM-dd-HHmmss-name.
        String folder = folder().getFileName().toString();
        return folder.matches("\\d{4}-\\d\\d-\\d\\d-\\d{6}.*")
                ? folder.substring(0, 10)
                        + " "
                        + folder.substring(11, 13)
                        + ":"
                        + folder.substring(13, 15)
                : "";
    }

    /** The model's name. */
    public String model() {
        return run().started() != null
                ? run().started().modelName()
                : spec() == null ? "" : lastName(spec().model().path());
    }

    /** The data's name. */
    public String data() {
        return run().started() != null ? run().started().dataName() : "";
    }

    /** The method: the published one's name, else in words. */
    public String method() {
        if (spec() == null) {
            return run().started() == null ? "" : run().started().method();
        }
        return MethodCatalogue.find(spec().method().preset())
                .map(MethodPreset::name)
                .orElseGet(() -> spec().method().describe());
    }

    /** The phone. */
    public String phone() {
        return run().started() != null
                ? run().started().deviceName()
                : spec() == null ? "" : spec().device().profile();
    }

    /** Steps taken. */
    public int steps() {
        return runs.stream().mapToInt(RunOverview::step).max().orElseThrow();
    }

    /** How it ended, in a few words. */
    public String state() {
        if (isGroup()) {
            int finished = counted().size();
            return finished == runs.size()
                    ? "all finished"
                    : finished + " of " + runs.size() + " finished";
        }
        RunOverview run = run();
        if (!run.problem().isEmpty()) {
            return "unreadable";
        }
        return switch (run.end()) {
            case null -> "not ended";
            case Event.Finished e -> e.stopped() ? "stopped" : "finished";
            case Event.Killed e ->
                    "killed: "
                            + Units.megabytes(e.rssBytes()).replace(" MB", "")
                            + " of "
                            + Units.megabytes(e.budgetBytes());
            case Event.Diverged e -> "diverged at step " + e.step();
            case Event.Failed e -> "failed";
            default -> "not ended";
        };
    }

    /** Whether it ended in a way that a person should look at. */
    public boolean alarming() {
        return runs.stream().anyMatch(RunRow::alarming);
    }

    private static boolean alarming(RunOverview run) {
        return !run.problem().isEmpty()
                || run.end() instanceof Event.Killed
                || run.end() instanceof Event.Diverged
                || run.end() instanceof Event.Failed;
    }

    /** Whether each word is somewhere in what the row shows; case does not matter. */
    public boolean matches(String words) {
        String all =
                runs.stream().map(run -> new RunRow(run).words()).collect(Collectors.joining("\n"))
                        + "\n"
                        + state();
        all = all.toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
            if (!all.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private String words() {
        return String.join(
                "\n",
                List.of(
                        name(),
                        run().notes().tag(),
                        run().notes().note(),
                        sweep(),
                        date(),
                        model(),
                        data(),
                        method(),
                        phone(),
                        state(),
                        folder().getFileName().toString()));
    }

    /** What it was run with; null where that cannot be read. */
    public RunSpec spec() {
        return run().file() == null ? null : run().file().spec();
    }

    private static String lastName(String path) {
        return path.substring(
                Math.max(path.lastIndexOf('/'), Math.max(path.lastIndexOf(':'), -1)) + 1);
    }
}
