package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.run.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Why a run of a sweep has not taken all its steps, in words. */
final class RunReason {

    private static final int MOST_BYTES = 64 * 1024;

    private RunReason() {}

    /**
     * The reason; empty where there is none, or what was noted cannot be read.
     *
     * @param note what the sweep noted in the run's folder; may not be there
     * @param end the run's last event; null for none
     */
    static String of(RunState state, Path note, Event end) {
        return switch (state) {
            case STOPPED_EARLY -> stopped(read(note));
            case SKIPPED -> skipped(read(note));
            case DIVERGED, KILLED, FAILED ->
                    switch (end) {
                        case Event.Diverged e -> "step " + e.step() + ": " + e.message();
                        case Event.Killed e -> "step " + e.step() + ": " + e.why();
                        case Event.Failed e -> e.message();
                        case null, default -> "";
                    };
            case WAITING, INTERRUPTED, FINISHED -> "";
        };
    }

    /** The words for a run that the median rule stops. */
    static String stopped(int step, double bestLoss, double median) {
        return String.format(
                Locale.ROOT,
                "step %,d: best held-out loss %s, the median of the runs before it %.3f",
                step,
                Double.isFinite(bestLoss) ? String.format(Locale.ROOT, "%.3f", bestLoss) : "none",
                median);
    }

    private static String stopped(JsonNode note) {
        return note.path("step").isInt() && note.path("medianOfMeans").isNumber()
                ? stopped(
                        note.get("step").intValue(),
                        note.path("bestLoss").asDouble(Double.NaN),
                        note.get("medianOfMeans").doubleValue())
                : "";
    }

    private static String skipped(JsonNode note) {
        return note.path("plannedBytes").isNumber() && note.path("budgetBytes").isNumber()
                ? String.format(
                        Locale.ROOT,
                        "%,.0f MB planned, %,.0f MB granted",
                        note.get("plannedBytes").doubleValue() / 1e6,
                        note.get("budgetBytes").doubleValue() / 1e6)
                : "";
    }

    private static JsonNode read(Path note) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            return Files.isRegularFile(note) && Files.size(note) <= MOST_BYTES
                    ? mapper.readTree(Files.readString(note))
                    : mapper.missingNode();
        } catch (IOException e) {
            return mapper.missingNode();
        }
    }
}
