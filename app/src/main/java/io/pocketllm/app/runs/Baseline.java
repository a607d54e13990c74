package io.pocketllm.app.runs;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The run that others are held against; kept between two starts. */
public final class Baseline {

    private static final String KEY = "baseline";

    private final Remembered remembered;
    private final ReadOnlyObjectWrapper<RunRow> row = new ReadOnlyObjectWrapper<>();
    private Path folder;

    Baseline(Remembered remembered) {
        this.remembered = remembered;
        String text = remembered.get(KEY);
        try {
            folder = text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            folder = null;
        }
    }

    /** Holds others against this run. */
    public void pin(RunRow pinned) {
        keep(pinned.folder());
        row.set(pinned);
    }

    /** Holds runs against nothing. */
    public void unpin() {
        keep(null);
        row.set(null);
    }

    private void keep(Path now) {
        folder = now;
        remembered.put(KEY, now == null ? "" : now.toString());
    }

    /** Finds the run again among rows that were made anew. */
    void lookIn(List<RunRow> rows) {
        row.set(
                rows.stream()
                        .filter(r -> folder != null && r.folders().contains(folder))
                        .findFirst()
                        .orElse(null));
    }

    /** Whether others are held against this one. */
    public boolean is(RunRow other) {
        return row.get() != null && row.get().folder().equals(other.folder());
    }

    /** How far a run is from the baseline; NaN without one, and for the baseline itself. */
    public double difference(Figure figure, RunRow other) {
        return row.get() == null || is(other)
                ? Double.NaN
                : other.figure(figure).mean() - row.get().figure(figure).mean();
    }

    /** The run, or null for none. */
    public RunRow row() {
        return row.get();
    }

    /** The run, or null for none. */
    public ReadOnlyObjectProperty<RunRow> rowProperty() {
        return row.getReadOnlyProperty();
    }
}
