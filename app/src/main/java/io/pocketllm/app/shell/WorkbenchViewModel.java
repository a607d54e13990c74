package io.pocketllm.app.shell;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.app.dialog.Problem;
import io.pocketllm.app.fits.FitRow;
import io.pocketllm.app.fits.FitsViewModel;
import io.pocketllm.app.runs.ReplayViewModel;
import io.pocketllm.app.runs.RunExports;
import io.pocketllm.app.runs.RunsViewModel;
import io.pocketllm.app.setup.DroppedPath;
import io.pocketllm.app.setup.ModelViewModel;
import io.pocketllm.app.setup.PhoneProfilesViewModel;
import io.pocketllm.app.setup.PlanViewModel;
import io.pocketllm.app.setup.RecentPaths;
import io.pocketllm.app.setup.SetupViewModel;
import io.pocketllm.app.sweep.SweepsViewModel;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.train.Banner;
import io.pocketllm.app.train.ChartsViewModel;
import io.pocketllm.app.train.RunState;
import io.pocketllm.app.train.TrainViewModel;
import io.pocketllm.app.train.TryItViewModel;
import io.pocketllm.run.RunFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The window's own logic: what the features do together, and every action with its key. */
public final class WorkbenchViewModel {

    /** How long a small message stays. */
    private static final Duration NOTE_TIME = Duration.ofSeconds(6);

    private final SetupViewModel setup;
    private final ModelViewModel model;
    private final PlanViewModel plan;
    private final FitsViewModel fits;
    private final TrainViewModel train;
    private final RunsViewModel runs;
    private final SweepsViewModel sweeps;
    private final RunExports runExports;
    private final ReplayViewModel replay;
    private final PhoneProfilesViewModel profiles;
    private final HostProbing probing;
    private final ChartsViewModel charts;
    private final TryItViewModel tryIt;
    private final Exports exports;
    private final Dialogs dialogs;
    private final RecentPaths recentRuns;
    private final Tasks tasks;
    private final List<Action> actions;
    private final ObjectProperty<Place> place = new SimpleObjectProperty<>(Place.TRAIN);
    private final Appearance appearance = new Appearance();
    private final BooleanProperty logShown = new SimpleBooleanProperty();
    private final BooleanProperty paletteShown = new SimpleBooleanProperty();
    private final BooleanProperty keysShown = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private Tasks.Ticker noteClock;
    private boolean faultTold;

    /** Puts the features together. */
    public WorkbenchViewModel(
            SetupViewModel setup,
            ModelViewModel model,
            PlanViewModel plan,
            FitsViewModel fits,
            TrainViewModel train,
            TryItViewModel tryIt,
            RunsViewModel runs,
            RecentPaths recentRuns,
            PhoneProfilesViewModel profiles,
            HostProbing probing,
            SweepsViewModel sweeps,
            Dialogs dialogs,
            Tasks tasks) {
        this.setup = setup;
        this.model = model;
        this.plan = plan;
        this.fits = fits;
        this.train = train;
        this.tryIt = tryIt;
        this.runs = runs;
        this.profiles = profiles;
        this.probing = probing;
        this.sweeps = sweeps;
        this.charts = new ChartsViewModel(train.series());
        this.exports = new Exports(dialogs, train, charts, this::tell);
        this.recentRuns = recentRuns;
        this.dialogs = dialogs;
        this.tasks = tasks;
        train.previewProperty().bind(setup.previewProperty());
        tryIt.setUpProperty().bind(setup.fileProperty());
        train.stateProperty()
                .addListener((p, before, now) -> setup.lockedProperty().set(now.isActive()));
        place.addListener((p, before, now) -> showAnew());
        train.stateProperty()
                .addListener(
                        (p, before, now) -> {
                            showAnew();
                            releaseProbing();
                        });
        runExports = new RunExports(runs, dialogs, appearance.paletteProperty(), this::tell);
        replay = new ReplayViewModel(runs, dialogs, this::tell);
        actions = WorkbenchActions.of(this);
    }

    /**
     * The runs page shows what is on disk when it is opened and when a run begins or ends; the
     * table of what fits is about what is set up when it is opened.
     */
    private void showAnew() {
        switch (place.get()) {
            case TRAIN -> {}
            case RUNS -> runs.refresh();
            case FITS -> showFits();
        }
    }

    private void showFits() {
        if (setup.fileProperty().get() != null) {
            fits.show(setup.fileProperty().get(), SetUpFit.modelsAtHand(model));
        }
    }

    /** Larger or smaller text everywhere, charts too. */
    void changeTextSize(int percent) {
        appearance.changeTextSize(percent);
        tell("Text size " + appearance.textSizeProperty().get() + " %.");
    }

    private void releaseProbing() {
        if (!state().isActive()) {
            probing.release();
        }
    }

    /** Opens the pane of phone profiles on the phone that is set up. */
    public void openProfiles() {
        profiles.open(setup.phone());
    }

    /** All phones, and a person's own. */
    public PhoneProfilesViewModel profiles() {
        return profiles;
    }

    /** Measures this computer. */
    public HostProbing probing() {
        return probing;
    }

    RunState state() {
        return train.stateProperty().get();
    }

    /**
     * Starts what is set up, where every field is right; asks where it is expected to be killed.
     */
    public void start() {
        if (sweeps.runningProperty().get()) {
            tell("A sweep goes on in Runs. Stop it first.");
        } else if (setup.readyBinding().get()) {
            plan.whenSettled(() -> probing.whenFree(this::startUnlessRefused));
        }
    }

    private void startUnlessRefused() {
        if (!setup.readyBinding().get() || state().isActive() || !mayBeKilled()) {
            releaseProbing();
            return;
        }
        charts.followProperty().set(true);
        train.start(setup.fileProperty().get());
    }

    private boolean mayBeKilled() {
        return plan.outlookProperty().get() == null
                || !plan.outlookProperty().get().killed()
                || dialogs.confirm(
                        "This run will probably be killed",
                        plan.warning(),
                        "Run anyway",
                        "Change it first");
    }

    /**
     * Sets up a row of the table of what fits on a phone, and shows it.
     *
     * @param phone the phone's id
     */
    public void setUp(FitRow row, String phone) {
        if (!row.trainable()) {
            tell(
                    "Backpropagation is there to compare with; choose a row that trains forward-only.");
            return;
        }
        if (state().isActive()) {
            tell("Stop the run before setting up another.");
            return;
        }
        String told = SetUpFit.of(row, phone, setup, model);
        place.set(Place.TRAIN);
        tell(told);
    }

    /** Shows all and follows the run. */
    void follow() {
        charts.followProperty().set(true);
    }

    /** From light to dark or back. */
    void switchTheme() {
        appearance.flipTheme();
    }

    /** Does what a banner's button says. */
    public void act(Banner.Action action) {
        switch (action) {
            case MORE_MEMORY -> {
                setup.giveMoreMemory(train.figures().peakRssBytes());
                tell("Phone changed. Press Start to try it.");
            }
            case LOWER_LEARNING_RATE -> {
                setup.lowerLearningRate();
                tell("Learning rate divided by ten. Press Start to try it.");
            }
            case RUN_AGAIN -> start();
            case COPY_REPORT -> copy(train.report(), "Report copied.");
            case COPY_FOLDER -> copy(train.folder(), "Path of the run folder copied.");
        }
    }

    /** Copies the run as a command for a terminal. */
    public void copyCommand() {
        if (lacksModel()) {
            return;
        }
        copy(setup.command(), "Command copied.");
    }

    /** A run whose model is known by its sizes alone would be written with another model's path. */
    private boolean lacksModel() {
        if (!model.hasFiles()) {
            tell("Choose the model folder of " + model.name() + " first.");
        }
        return !model.hasFiles();
    }

    void copy(String text, String told) {
        dialogs.copy(text);
        tell(told);
    }

    /** Lets the person choose a run file. */
    public void chooseRunFile() {
        dialogs.openFile("Open a run file", FileKind.RUN).ifPresent(this::open);
    }

    /**
     * Opens a run file, a model or data that was chosen or dropped on the window. On the page of
     * all runs a run folder is listed there.
     */
    public void open(Path path) {
        if (place.get() == Place.RUNS && DroppedPath.of(path) != DroppedPath.MODEL) {
            runs.open(path);
            return;
        }
        if (state().isActive()) {
            tell("Stop the run before opening another file.");
            return;
        }
        switch (DroppedPath.of(path)) {
            case MODEL -> model.choose(path);
            case DATA -> setup.chooseData(path.toAbsolutePath().normalize().toString());
            case RUN -> {
                Path file = Files.isDirectory(path) ? path.resolve("run.json") : path;
                setup.open(file.toString());
                if (setup.problemProperty().get().isEmpty()) {
                    recentRuns.add(file.toAbsolutePath().normalize().toString());
                }
            }
            case UNKNOWN ->
                    tell(
                            path.getFileName()
                                    + " is no run file (.json), model (folder, .onnx) or data"
                                    + " (.tsv, .csv, .jsonl).");
        }
    }

    /** Lets the person save the run that is set up. */
    void saveRunFile() {
        RunFile file = setup.fileProperty().get();
        if (file != null && !lacksModel()) {
            exports.runFile(file);
        }
    }

    /** Saves all series as a table. */
    public void saveTable() {
        exports.table();
    }

    /** Lets the person choose a run folder from elsewhere, and lists it. */
    void chooseRunFolder() {
        dialogs.openFolder("Open a run folder, or a sweep's").ifPresent(this::openInRuns);
    }

    private void openInRuns(Path path) {
        place.set(Place.RUNS);
        runs.open(path);
    }

    /** Sets up a run like that of a folder. */
    public void openAgain(Path folder) {
        place.set(Place.TRAIN);
        open(folder);
    }

    /** Saves both charts, as they are looked at now, as a picture. */
    public void savePicture() {
        exports.picture(appearance.paletteProperty().get());
    }

    /**
     * A fault of the program that nothing else caught: told once, with a report; the window and the
     * run go on.
     */
    public void tellFault(Throwable fault) {
        if (faultTold) {
            tell("Another fault of the program: " + fault);
            return;
        }
        faultTold = true;
        dialogs.tell(
                new Problem(
                        "A fault of the program",
                        "The window goes on, and so does a run, but what was just asked for may not"
                                + " have happened. ["
                                + fault
                                + "]",
                        "Copy the report and send it with a word about what you did.",
                        train.report("A fault of the program", fault)));
    }

    /** Says something small in the status bar for a while. */
    private void tell(String text) {
        note.set(text);
        if (noteClock != null) {
            noteClock.stop();
        }
        Tasks.Ticker[] mine = new Tasks.Ticker[1];
        mine[0] =
                tasks.every(
                        NOTE_TIME,
                        () -> {
                            note.set("");
                            mine[0].stop();
                        });
        noteClock = mine[0];
    }

    /**
     * Whether closing the window now needs no question: nothing runs, or nothing was learnt yet, or
     * the person agrees.
     */
    public boolean mayClose() {
        return !state().isActive()
                || train.figures().step() == 0
                || dialogs.confirm(
                        "Stop the run and close?",
                        "It is at step "
                                + train.figures().step()
                                + " of "
                                + train.figures().stepsPlanned()
                                + ". It finishes this step and saves what it has learnt.",
                        "Stop and close",
                        "Keep running");
    }

    /** Every action, in the order of the list of keys. */
    public List<Action> actions() {
        return actions;
    }

    /** The same, and run files to open again: what can be searched for. */
    public List<Action> everythingToDo() {
        List<Action> all = new ArrayList<>(actions);
        all.addAll(Recent.actions(recentRuns, this));
        return all;
    }

    /** What is set up. */
    public SetupViewModel setup() {
        return setup;
    }

    /** All runs there are. */
    public RunsViewModel runs() {
        return runs;
    }

    /** Sweeps, new and old. */
    public SweepsViewModel sweeps() {
        return sweeps;
    }

    /** Runs out of the window. */
    public RunExports runExports() {
        return runExports;
    }

    /** Back to a step of a run. */
    public ReplayViewModel replay() {
        return replay;
    }

    /** The page that is shown. */
    public ObjectProperty<Place> placeProperty() {
        return place;
    }

    /** The model that is set up. */
    public ModelViewModel model() {
        return model;
    }

    /** Questions and choosers. */
    public Dialogs dialogs() {
        return dialogs;
    }

    /** What the run will hold in memory. */
    public PlanViewModel plan() {
        return plan;
    }

    /** What fits where. */
    public FitsViewModel fits() {
        return fits;
    }

    /** What runs. */
    public TrainViewModel train() {
        return train;
    }

    /** A sentence, and what the model thinks of it. */
    public TryItViewModel tryIt() {
        return tryIt;
    }

    /** How the charts are looked at. */
    public ChartsViewModel charts() {
        return charts;
    }

    /** Background work. */
    public Tasks tasks() {
        return tasks;
    }

    /** Theme, text size and the charts' colours. */
    public Appearance appearance() {
        return appearance;
    }

    /** Whether the log is shown. */
    public BooleanProperty logShownProperty() {
        return logShown;
    }

    /** Whether the search for actions is shown. */
    public BooleanProperty paletteShownProperty() {
        return paletteShown;
    }

    /** Whether the list of keys is shown. */
    public BooleanProperty keysShownProperty() {
        return keysShown;
    }

    /** The last small message. */
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }
}
