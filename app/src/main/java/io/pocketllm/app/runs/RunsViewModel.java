package io.pocketllm.app.runs;

import io.pocketllm.app.chart.EventFile;
import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.OverlayChart;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.chart.RunTable;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.chart.XWindow;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunNotes;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/**
 * All runs of the runs folder: filtered, compared, named, deleted and brought back. Files are read
 * in the background; series only of runs that are selected.
 */
public final class RunsViewModel {

    /** How long a deleted run can be dug out of the trash folder. */
    private static final Duration TRASH_TIME = Duration.ofDays(30);

    private record Deleted(Path trashed, Path folder) {}

    private final RunLibrary library;
    private final Tasks tasks;
    private final Predicate<Path> running;
    private final ObservableList<RunRow> rows = FXCollections.observableArrayList();
    private final FilteredList<RunRow> shown = new FilteredList<>(rows);
    private final ObservableList<RunRow> selected = FXCollections.observableArrayList();
    private final Map<Path, RunSeries> series = new HashMap<>();
    private final Set<Path> loading = new HashSet<>();
    private final Map<Path, LineStyle> styles = new HashMap<>();
    private final List<Deleted> deleted = new ArrayList<>();
    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper undoText = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private final ObjectProperty<Quantity> quantity =
            new SimpleObjectProperty<>(Quantity.HELD_OUT_LOSS);
    private final ObjectProperty<XAxis> axis = new SimpleObjectProperty<>(XAxis.STEP);
    private final ObjectProperty<XWindow> window = new SimpleObjectProperty<>();
    private boolean trashEmptied;

    /**
     * @param running whether a run of this window is going on in a folder
     */
    public RunsViewModel(RunLibrary library, Tasks tasks, Predicate<Path> running) {
        this.library = library;
        this.tasks = tasks;
        this.running = running;
        filter.addListener(
                (p, before, now) ->
                        shown.setPredicate(now.isBlank() ? null : row -> row.matches(now)));
        axis.addListener(o -> window.set(null));
    }

    /** Reads the folder anew; what is selected stays so where it is still there. */
    public void refresh() {
        if (reading.get()) {
            return;
        }
        reading.set(true);
        boolean first = !trashEmptied;
        trashEmptied = true;
        tasks.run(
                () -> {
                    if (first) {
                        library.emptyTrash(TRASH_TIME);
                    }
                    return library.list();
                },
                found -> {
                    reading.set(false);
                    problem.set("");
                    // A run may have gone on since its series were read.
                    series.clear();
                    rows.setAll(found.stream().map(RunRow::new).toList());
                    Set<Path> before = folders(selected);
                    select(rows.stream().filter(r -> before.contains(r.folder())).toList());
                },
                failure -> {
                    reading.set(false);
                    problem.set("The runs folder cannot be read: " + failure.getMessage());
                });
    }

    private static Set<Path> folders(List<RunRow> rows) {
        Set<Path> folders = new HashSet<>();
        rows.forEach(row -> folders.add(row.folder()));
        return folders;
    }

    /** Compares these runs; the ones that were compared before keep their colours. */
    public void select(List<RunRow> wanted) {
        Set<Path> folders = folders(wanted);
        styles.keySet().retainAll(folders);
        for (RunRow row : wanted) {
            styles.computeIfAbsent(row.folder(), f -> freeStyle());
            load(row.folder());
        }
        selected.setAll(wanted);
        touch();
    }

    private LineStyle freeStyle() {
        return IntStream.range(0, styles.size() + 1)
                .mapToObj(LineStyle::new)
                .filter(style -> !styles.containsValue(style))
                .findFirst()
                .orElseThrow();
    }

    private void load(Path folder) {
        if (series.containsKey(folder) || !loading.add(folder)) {
            return;
        }
        tasks.run(
                () -> read(folder),
                read -> {
                    loading.remove(folder);
                    series.put(folder, read);
                    touch();
                },
                failure -> {
                    loading.remove(folder);
                    problem.set("The events of a run cannot be read: " + failure.getMessage());
                    series.put(folder, new RunSeries());
                    touch();
                });
    }

    /** A run that failed before its first event has no series. */
    private static RunSeries read(Path folder) throws IOException {
        RunSeries read = new RunSeries();
        Path events = new RunFolder(folder).events();
        if (Files.isRegularFile(events)) {
            EventFile.read(events, read::accept);
        }
        return read;
    }

    private void touch() {
        revision.set(revision.get() + 1);
    }

    /** The selected runs whose series have been read, ready to be drawn. */
    public List<OverlayChart.Line> lines() {
        return selected.stream()
                .filter(row -> series.containsKey(row.folder()))
                .map(
                        row ->
                                new OverlayChart.Line(
                                        row.name(),
                                        styles.get(row.folder()),
                                        series.get(row.folder())))
                .toList();
    }

    /** Every selected run's value at {@code x}, a line each. */
    public String readOut(double x) {
        StringBuilder text = new StringBuilder(axis.get().describe(x));
        for (OverlayChart.Line line : lines()) {
            double value = quantity.get().of(line.series()).at(axis.get(), x);
            if (Double.isFinite(value)) {
                text.append('\n').append(line.name()).append("  ");
                text.append(quantity.get().print(value));
            }
        }
        return text.toString();
    }

    /** Only what differs between the selected runs; those without a readable run file count not. */
    public List<Difference> differences() {
        return Difference.between(
                compared().stream().map(r -> RunSettings.of(r.run().file())).toList());
    }

    /** The selected runs that {@link #differences} compares, in the order of its values. */
    public List<RunRow> compared() {
        return selected.stream().filter(row -> row.run().file() != null).toList();
    }

    /** Keeps a name, a tag and a note for a run. */
    public void write(RunRow row, RunNotes notes) {
        if (row.run().notes().equals(notes)) {
            return;
        }
        try {
            library.write(row.folder(), notes);
        } catch (IOException e) {
            problem.set("Not saved: " + e.getMessage());
            return;
        }
        RunRow changed = new RunRow(row.run().with(notes));
        List<RunRow> kept =
                selected.stream().map(r -> r.folder().equals(row.folder()) ? changed : r).toList();
        rows.replaceAll(r -> r.folder().equals(row.folder()) ? changed : r);
        // A table whose rows change forgets what was selected in it.
        select(kept);
    }

    /** Moves the selected runs to the trash; one that is going on is left alone. */
    public void deleteSelected() {
        List<RunRow> gone = new ArrayList<>();
        deleted.clear();
        problem.set("");
        for (RunRow row : List.copyOf(selected)) {
            if (running.test(row.folder())) {
                problem.set("\"" + row.name() + "\" is going on. Stop it first.");
                continue;
            }
            try {
                deleted.add(new Deleted(library.delete(row.folder()), row.folder()));
                gone.add(row);
            } catch (IOException e) {
                problem.set("\"" + row.name() + "\" is not deleted: " + e.getMessage());
            }
        }
        Set<Path> folders = folders(gone);
        rows.removeIf(row -> folders.contains(row.folder()));
        select(selected.stream().filter(row -> !folders.contains(row.folder())).toList());
        undoText.set(
                gone.isEmpty()
                        ? ""
                        : gone.size() == 1
                                ? "Deleted \"" + gone.getFirst().name() + "\"."
                                : "Deleted " + Units.plural(gone.size(), "run") + ".");
    }

    /** Brings back what was deleted last. */
    public void undoDelete() {
        for (Deleted run : deleted) {
            try {
                library.restore(run.trashed(), run.folder());
            } catch (IOException e) {
                problem.set("Not brought back: " + e.getMessage());
            }
        }
        deleted.clear();
        undoText.set("");
        refresh();
    }

    /** Writes all series of the selected runs, or of all that are shown, into one table. */
    public void export(Writer to) throws IOException {
        Map<String, RunSeries> runs = new LinkedHashMap<>();
        for (RunRow row : selected.isEmpty() ? shown : selected) {
            RunSeries known = series.get(row.folder());
            if (known == null) {
                known = read(row.folder());
            }
            boolean taken = runs.containsKey(row.name());
            runs.put(taken ? row.folder().getFileName().toString() : row.name(), known);
        }
        RunTable.writeAll(runs, to);
    }

    /** The colour and dash of a selected run; null for one that is not. */
    public LineStyle style(RunRow row) {
        return styles.get(row.folder());
    }

    /** Whether a run of this window is going on in its folder. */
    public boolean isRunning(RunRow row) {
        return running.test(row.folder());
    }

    /** All runs. */
    public ObservableList<RunRow> rows() {
        return rows;
    }

    /** The runs that pass the filter. */
    public ObservableList<RunRow> shown() {
        return shown;
    }

    /** The runs that are compared. Changed by {@link #select} alone. */
    public ObservableList<RunRow> selected() {
        return selected;
    }

    /** Words that a run must have, each somewhere. */
    public StringProperty filterProperty() {
        return filter;
    }

    /** What is drawn. */
    public ObjectProperty<Quantity> quantityProperty() {
        return quantity;
    }

    /** What the chart's horizontal axis counts. */
    public ObjectProperty<XAxis> axisProperty() {
        return axis;
    }

    /** The part of the axis that is shown; null for all. */
    public ObjectProperty<XWindow> windowProperty() {
        return window;
    }

    /** Grows whenever there is something else to draw. */
    public ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /** True while the folder is read. */
    public ReadOnlyBooleanProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** What went wrong last; empty for nothing. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What can be brought back; empty for nothing. */
    public ReadOnlyStringProperty undoTextProperty() {
        return undoText.getReadOnlyProperty();
    }
}
