package io.pocketllm.app.runs;

import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.run.RunGroup;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunNotes;
import io.pocketllm.run.RunOverview;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/**
 * All runs of the runs folder, and those opened from elsewhere: filtered, grouped, selected, named,
 * deleted and brought back. Files are read in the background; series only of runs that are
 * selected.
 */
public final class RunsViewModel {

    /** How long a deleted run can be dug out of the trash folder. */
    private static final Duration TRASH_TIME = Duration.ofDays(30);

    private final RunLibrary library;
    private final Tasks tasks;
    private final Predicate<Path> running;
    private final Remembered remembered;
    private final OpenedFolders opened;
    private final DeletedRuns deleted;
    private final LoadedSeries series;
    private final Baseline baseline;
    private final OverlayViewModel overlay;
    private final ObservableList<RunRow> rows = FXCollections.observableArrayList();
    private final FilteredList<RunRow> shown = new FilteredList<>(rows);
    private final ObservableList<RunRow> selected = FXCollections.observableArrayList();
    private final LineStyles styles = new LineStyles();
    private final StringProperty filter = new SimpleStringProperty("");
    private final BooleanProperty grouped = new SimpleBooleanProperty();
    private final BooleanProperty archivedShown = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private List<RunOverview> all = List.of();
    private Path wanted;
    private boolean readAgain;
    private boolean trashEmptied;

    /**
     * @param running whether a run of this window is going on in a folder
     */
    public RunsViewModel(RunLibrary library, Tasks tasks, Predicate<Path> running) {
        this(library, tasks, running, Remembered.untilClosed());
    }

    /**
     * @param running whether a run of this window is going on in a folder
     * @param remembered keeps columns, the baseline and opened folders between two starts
     */
    public RunsViewModel(
            RunLibrary library, Tasks tasks, Predicate<Path> running, Remembered remembered) {
        this.library = library;
        this.tasks = tasks;
        this.running = running;
        this.remembered = remembered;
        opened = new OpenedFolders(remembered);
        deleted = new DeletedRuns(library, opened, running);
        series = new LoadedSeries(tasks, this::touch, problem::set);
        baseline = new Baseline(remembered);
        overlay = new OverlayViewModel(this);
        shown.setPredicate(this::passes);
        filter.addListener(o -> shown.setPredicate(this::passes));
        archivedShown.addListener(o -> shown.setPredicate(this::passes));
        grouped.addListener(o -> arrange());
        baseline.rowProperty().addListener(o -> loadLooked());
    }

    private boolean passes(RunRow row) {
        return (archivedShown.get() || !row.archived())
                && (filter.get().isBlank() || row.matches(filter.get()));
    }

    /** Reads the folder anew; what is selected stays so where it is still there. */
    public void refresh() {
        if (reading.get()) {
            readAgain = true;
            return;
        }
        reading.set(true);
        readAgain = false;
        boolean first = !trashEmptied;
        trashEmptied = true;
        List<Path> elsewhere = opened.all();
        tasks.run(
                () -> {
                    if (first) {
                        library.emptyTrash(TRASH_TIME);
                    }
                    return library.list(elsewhere);
                },
                found -> {
                    reading.set(false);
                    problem.set("");
                    // A run may have gone on since its series were read.
                    series.outdate();
                    all = found;
                    arrange();
                    selectWanted();
                    if (readAgain) {
                        refresh();
                    }
                },
                failure -> {
                    reading.set(false);
                    problem.set("The runs folder cannot be read: " + failure.getMessage());
                });
    }

    /** Makes the rows out of what is known of the runs; the selection goes with the runs. */
    private void arrange() {
        Set<Path> before = folders(selected);
        List<RunRow> arranged =
                grouped.get()
                        ? RunGroup.of(all, RunsViewModel::settings, RunOverview::finished).stream()
                                .map(group -> new RunRow(group.members()))
                                .toList()
                        : all.stream().map(RunRow::new).toList();
        baseline.lookIn(arranged);
        rows.setAll(arranged);
        select(
                arranged.stream()
                        .filter(row -> row.folders().stream().anyMatch(before::contains))
                        .toList());
    }

    /** What tells groups apart; a run that cannot be read is alone. */
    private static Object settings(RunOverview run) {
        return run.file() == null ? run.folder() : run.file().spec().butSeed();
    }

    private static Set<Path> folders(List<RunRow> rows) {
        Set<Path> folders = new HashSet<>();
        rows.forEach(row -> folders.addAll(row.folders()));
        return folders;
    }

    /**
     * Lists a run, or a sweep's runs, from elsewhere and selects it.
     *
     * @param path its folder, or its {@code run.json}
     */
    public void open(Path path) {
        Path given = path.toAbsolutePath().normalize();
        Path folder = Files.isDirectory(given) ? given : given.getParent();
        if (folder == null || !RunLibrary.isRunOrSweep(folder)) {
            problem.set(
                    path.getFileName()
                            + " is no run folder: there is no run.json, events.ndjson or sweep.json"
                            + " in it.");
            return;
        }
        if (!library.holds(folder)) {
            opened.add(folder);
        }
        filter.set("");
        wanted = folder;
        refresh();
    }

    private void selectWanted() {
        Path looked = wanted;
        if (looked != null) {
            wanted = null;
            select(
                    rows.stream()
                            .filter(
                                    row ->
                                            row.folders().stream()
                                                    .anyMatch(
                                                            f ->
                                                                    f.equals(looked)
                                                                            || looked.equals(
                                                                                            f
                                                                                                    .getParent())
                                                                                    && !row.sweep()
                                                                                            .isEmpty()))
                            .toList());
        }
    }

    /** Compares these runs; the ones that were compared before keep their colours. */
    public void select(List<RunRow> wantedRows) {
        styles.give(wantedRows);
        selected.setAll(wantedRows);
        loadLooked();
    }

    /** Reads the series of what is selected, and of the baseline. */
    private void loadLooked() {
        List<RunRow> looked = new ArrayList<>(selected);
        if (baseline.row() != null) {
            looked.add(baseline.row());
        }
        series.keep(folders(looked));
        looked.forEach(row -> drawn(row).forEach(run -> series.load(run.folder())));
        touch();
    }

    /** The runs of a row that are drawn: those whose figures count, else all. */
    private static List<RunOverview> drawn(RunRow row) {
        return row.counted().isEmpty() ? row.runs() : row.counted();
    }

    /** The series of a row's runs; empty until all are read. */
    List<RunSeries> series(RunRow row) {
        List<RunSeries> read = new ArrayList<>();
        for (RunOverview run : drawn(row)) {
            RunSeries one = series.of(run.folder());
            if (one == null) {
                return List.of();
            }
            read.add(one);
        }
        return read;
    }

    private void touch() {
        revision.set(revision.get() + 1);
    }

    /** Only what differs between the selected runs; those without a readable run file count not. */
    public List<Difference> differences() {
        return Difference.between(compared().stream().map(RunSettings::of).toList());
    }

    /**
     * The selected runs that {@link #differences} compares, in the order of its values; of a group
     * that is selected alone its members.
     */
    public List<RunRow> compared() {
        List<RunRow> looked =
                selected.size() == 1
                        ? selected.getFirst().runs().stream().map(RunRow::new).toList()
                        : selected;
        return looked.stream().filter(row -> row.run().file() != null).toList();
    }

    /** Keeps a name, a tag and a note for a run. */
    public void write(RunRow row, RunNotes notes) {
        write(Map.of(row.folder(), notes));
    }

    private void write(Map<Path, RunNotes> notes) {
        List<RunOverview> changed = NotesKeeper.write(library, all, notes, problem::set);
        if (!changed.equals(all)) {
            all = changed;
            arrange();
        }
    }

    /** Keeps the selected runs out of sight, or brings them back where all of them are. */
    public void archiveSelected() {
        write(NotesKeeper.archiving(selected, !allSelectedArchived()));
        if (!archivedShown.get()) {
            select(selected.stream().filter(row -> !row.archived()).toList());
        }
    }

    /** Whether runs are selected and all of them are archived. */
    public boolean allSelectedArchived() {
        return !selected.isEmpty() && selected.stream().allMatch(RunRow::archived);
    }

    /** Holds other runs against the one that is selected, or against nothing where it is that. */
    public void pinSelected() {
        if (selected.size() != 1) {
            return;
        }
        if (baseline.is(selected.getFirst())) {
            baseline.unpin();
        } else {
            baseline.pin(selected.getFirst());
        }
    }

    /** Moves the selected runs to the trash; one that is going on is left alone. */
    public void deleteSelected() {
        problem.set("");
        List<RunOverview> runs = selected.stream().flatMap(row -> row.runs().stream()).toList();
        Set<Path> gone = deleted.delete(runs, problem::set);
        all = all.stream().filter(run -> !gone.contains(run.folder())).toList();
        arrange();
    }

    /** Brings back what was deleted last. */
    public void undoDelete() {
        List<String> failed = new ArrayList<>();
        deleted.undo(failed::add);
        refresh();
        failed.forEach(problem::set);
    }

    /** Rebuilds parameters, in the background; see {@link RunLibrary#replay}. */
    RunLibrary library() {
        return library;
    }

    Tasks tasks() {
        return tasks;
    }

    Remembered remembered() {
        return remembered;
    }

    /** The colour and dash of a selected run; null for one that is not. */
    public LineStyle style(RunRow row) {
        return styles.of(row);
    }

    /** Whether a run of this window is going on in one of its folders. */
    public boolean isRunning(RunRow row) {
        return row.folders().stream().anyMatch(running);
    }

    /** How the selected runs are laid over each other. */
    public OverlayViewModel overlay() {
        return overlay;
    }

    /** The run that others are held against. */
    public Baseline baseline() {
        return baseline;
    }

    /** All runs. */
    public ObservableList<RunRow> rows() {
        return rows;
    }

    /** The runs that pass the filter and are not hidden. */
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

    /** Whether runs that differ in their seed alone are one row. */
    public BooleanProperty groupedProperty() {
        return grouped;
    }

    /** Whether archived runs are listed too. */
    public BooleanProperty archivedShownProperty() {
        return archivedShown;
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
        return deleted.undoTextProperty();
    }
}
