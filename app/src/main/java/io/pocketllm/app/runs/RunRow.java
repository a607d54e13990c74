package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunOverview;
import io.pocketllm.run.RunSpec;
import io.pocketllm.zo.MethodCatalogue;
import io.pocketllm.zo.MethodPreset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A run as the table shows it.
 *
 * @param run what is known of it
 */
public record RunRow(RunOverview run) {

    /** Its folder, which tells it from every other. */
    public Path folder() {
        return run.folder();
    }

    /** Its name. */
    public String name() {
        return run.name();
    }

    /** When it began, such as "2026-01-31 18:05"; it sorts as text. */
    public String date() {
        if (run.started() != null && run.started().time().length() >= 16) {
            return run.started().time().substring(0, 16).replace('T', ' ');
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
        return run.started() != null
                ? run.started().modelName()
                : spec() == null ? "" : lastName(spec().model().path());
    }

    /** The data's name. */
    public String data() {
        return run.started() != null ? run.started().dataName() : "";
    }

    /** The method: the published one's name, else in words. */
    public String method() {
        if (spec() == null) {
            return run.started() == null ? "" : run.started().method();
        }
        return MethodCatalogue.find(spec().method().preset())
                .map(MethodPreset::name)
                .orElseGet(() -> spec().method().describe());
    }

    /** The phone. */
    public String phone() {
        return run.started() != null
                ? run.started().deviceName()
                : spec() == null ? "" : spec().device().profile();
    }

    /** Steps taken. */
    public int steps() {
        return run.step();
    }

    /** Held-out accuracy, 0 to 1, or NaN. */
    public double accuracy() {
        return run.accuracy();
    }

    /** Held-out loss, nats, or NaN. */
    public double loss() {
        return run.loss();
    }

    /** The most memory it held, bytes; NaN where that is not known. */
    public double peakRssBytes() {
        return run.peakRssBytes() > 0 ? run.peakRssBytes() : Double.NaN;
    }

    /** How it ended, in a few words. */
    public String state() {
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
        return !run.problem().isEmpty()
                || run.end() instanceof Event.Killed
                || run.end() instanceof Event.Diverged
                || run.end() instanceof Event.Failed;
    }

    /** Whether each word is somewhere in what the row shows; case does not matter. */
    public boolean matches(String words) {
        String all =
                String.join(
                                "\n",
                                List.of(
                                        name(),
                                        run.notes().tag(),
                                        run.notes().note(),
                                        date(),
                                        model(),
                                        data(),
                                        method(),
                                        phone(),
                                        state(),
                                        folder().getFileName().toString()))
                        .toLowerCase(Locale.ROOT);
        for (String word : words.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
            if (!all.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private RunSpec spec() {
        return run.file() == null ? null : run.file().spec();
    }

    private static String lastName(String path) {
        return path.substring(
                Math.max(path.lastIndexOf('/'), Math.max(path.lastIndexOf(':'), -1)) + 1);
    }
}
