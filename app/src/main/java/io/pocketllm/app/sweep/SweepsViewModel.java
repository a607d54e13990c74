package io.pocketllm.app.sweep;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.run.Event;
import io.pocketllm.run.sweep.Parameter;
import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.SweepEnd;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.SweepFolder;
import io.pocketllm.run.sweep.SweepListener;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The sweep that is looked at: its results, and its runs one after the other in the background. */
public final class SweepsViewModel {

    /** Varied keys, the seed not counted: fewer make a map. */
    private static final int FEWEST_KEYS_OF_LINES = 3;

    private final SweepEngine engine;
    private final Tasks tasks;
    private final BooleanSupplier busy;
    private final NewSweepViewModel draft;
    private final ReadOnlyObjectWrapper<SweepResults> results = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<SweepProgress> progress =
            new ReadOnlyObjectWrapper<>(SweepProgress.NONE);
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper told = new ReadOnlyStringWrapper("");
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final BooleanProperty grouped = new SimpleBooleanProperty();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile SweepProgress newest = SweepProgress.NONE;
    private final ParallelViewModel parallel = new ParallelViewModel();
    private final ObjectProperty<SweepView> view = new SimpleObjectProperty<>(SweepView.MAP);
    private SweepFolder folder;
    private SweepFolder drawn;
    private SweepEngine.Job job;
    private boolean stopping;
    private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

    /**
     * @param busy whether a run of this window goes on: two at once would measure each other
     */
    public SweepsViewModel(SweepEngine engine, Tasks tasks, BooleanSupplier busy) {
        this.engine = engine;
        this.tasks = tasks;
        this.busy = busy;
        draft = new NewSweepViewModel(engine, tasks);
        results.addListener(o -> draw());
        running.addListener(o -> draw());
        progress.addListener(
                (p, before, now) -> {
                    if (before.number() != now.number()) {
                        draw();
                    }
                });
    }

    private void draw() {
        Map<String, Values.Range> ranges = new HashMap<>();
        if (folder != null) {
            for (Parameter parameter : folder.file().spec().parameters()) {
                if (parameter.values() instanceof Values.Range range) {
                    ranges.put(parameter.key(), range);
                }
            }
        }
        parallel.show(results.get(), ranges, live().number());
    }

    /** Shows the sweep of a folder, or readies a sweep file to be started. */
    public void open(Path path) {
        if (refused()) {
            return;
        }
        if (Files.isDirectory(path)) {
            tasks.run(() -> SweepFolder.existing(path), this::show, this::failed);
        } else {
            draft.open(path);
        }
    }

    /** Starts what is typed or was opened. */
    public void start() {
        SweepFile file = draft.fileProperty().get();
        if (file != null) {
            run(() -> engine.begin(file));
        }
    }

    /** Goes on with the sweep that is shown. */
    public void resume() {
        if (folder != null) {
            Path path = folder.path();
            run(() -> engine.resume(path));
        }
    }

    private boolean refused() {
        if (running.get()) {
            told.set("A sweep goes on. Stop it first.");
        } else if (busy.getAsBoolean()) {
            told.set("A run goes on in Train. Stop it first, or wait for its end.");
        } else {
            return false;
        }
        return true;
    }

    private void run(Callable<SweepEngine.Job> begin) {
        if (refused()) {
            return;
        }
        running.set(true);
        stopping = false;
        told.set("");
        newest = SweepProgress.NONE;
        progress.set(newest);
        ended = new CompletableFuture<>();
        tasks.run(begin, this::runJob, this::failed);
    }

    private void runJob(SweepEngine.Job begun) {
        job = begun;
        if (stopping) {
            job.stop();
        }
        show(begun.folder());
        tasks.run(
                () -> begun.run(new Listener()),
                end -> {
                    over();
                    told.set(words(end));
                    read();
                },
                this::failed);
    }

    private static String words(SweepEnd end) {
        return switch (end) {
            case DONE -> "All runs are done.";
            case INTERRUPTED -> "Stopped. Go on takes up what is missing.";
            case TIME_OVER -> "The time of the sweep file is over. Go on takes up what is missing.";
        };
    }

    private void failed(Exception failure) {
        over();
        told.set(NewSweepViewModel.words(failure));
    }

    private void over() {
        running.set(false);
        job = null;
        ended.complete(null);
    }

    private void show(SweepFolder opened) {
        folder = opened;
        title.set(opened.file().spec().name());
        told.set("");
        read();
    }

    private void read() {
        SweepFolder looked = folder;
        if (looked == null) {
            return;
        }
        tasks.run(
                () -> SweepResults.read(looked),
                found -> {
                    if (looked == folder) {
                        chooseView(looked, found);
                        results.set(found);
                        grouped.set(grouped.get() && !found.groups().isEmpty());
                    }
                },
                failure -> told.set(NewSweepViewModel.words(failure)));
    }

    /** A sweep begins with the view that shows most of it; what a person chooses then stays. */
    private void chooseView(SweepFolder looked, SweepResults found) {
        if (looked != drawn) {
            drawn = looked;
            parallel.clearAll();
            view.set(
                    SweepRow.keys(found, true).size() >= FEWEST_KEYS_OF_LINES
                            ? SweepView.LINES
                            : SweepView.MAP);
        }
    }

    /** Finishes the step of the run that goes on, and ends; asked twice, ends at once. */
    public void stop() {
        if (!running.get()) {
            return;
        }
        if (job != null && stopping) {
            job.kill();
        } else if (job != null) {
            job.stop();
        }
        told.set(stopping ? "Ends at once…" : "Stops after this step…");
        stopping = true;
    }

    /** Stops, after a while at once; done when nothing runs any more. */
    public CompletableFuture<Void> shutDown(Duration grace) {
        if (!running.get()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!stopping) {
            stop();
        }
        SweepEngine.Job mine = job;
        return ended.copy()
                .orTimeout(grace.toMillis(), TimeUnit.MILLISECONDS)
                .handle(
                        (done, late) -> {
                            if (late != null && mine != null) {
                                mine.kill();
                            }
                            return null;
                        });
    }

    /** Hears the sweep on its own threads; the screen gets the newest, not all. */
    private final class Listener implements SweepListener {

        @Override
        public void starts(Position position, boolean resumed) {
            tell(SweepProgress.begins(position));
        }

        @Override
        public void event(Position position, Event event) {
            tell(newest.after(event));
        }

        @Override
        public void stopsEarly(Position position, int step, double bestLoss, double median) {
            tell(newest.stopping());
        }

        @Override
        public void ended(Position position, RunResult result) {
            tasks.onScreen(SweepsViewModel.this::read);
        }

        private void tell(SweepProgress now) {
            if (now.equals(newest)) {
                return;
            }
            newest = now;
            if (waiting.compareAndSet(false, true)) {
                tasks.onScreen(
                        () -> {
                            waiting.set(false);
                            progress.set(newest);
                        });
            }
        }
    }

    /** A sweep that has not begun. */
    public NewSweepViewModel draft() {
        return draft;
    }

    /** What is known of the sweep that is shown; null for none. */
    public ReadOnlyObjectProperty<SweepResults> resultsProperty() {
        return results.getReadOnlyProperty();
    }

    /** Where the sweep that goes on is. */
    public ReadOnlyObjectProperty<SweepProgress> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** Whether a sweep goes on. */
    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** How the run does that goes on; {@link SweepProgress#NONE} where none does. */
    SweepProgress live() {
        return running.get() ? progress.get() : SweepProgress.NONE;
    }

    /** The name of the sweep that is shown; empty for none. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** What happened last; empty for nothing. */
    public ReadOnlyStringProperty toldProperty() {
        return told.getReadOnlyProperty();
    }

    /** The lines of the sweep that is shown, and what is chosen of them. */
    ParallelViewModel parallel() {
        return parallel;
    }

    /** Lines or map. */
    ObjectProperty<SweepView> viewProperty() {
        return view;
    }

    /** Whether sweeps are shown in place of the runs. */
    public BooleanProperty shownProperty() {
        return shown;
    }

    /** Whether runs that differ in their seed alone are one row. */
    public BooleanProperty groupedProperty() {
        return grouped;
    }
}
