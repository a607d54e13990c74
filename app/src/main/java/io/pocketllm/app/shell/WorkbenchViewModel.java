package io.pocketllm.app.shell;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.dialog.Problem;
import io.pocketllm.app.fits.FitRow;
import io.pocketllm.app.fits.FitsViewModel;
import io.pocketllm.app.help.HelpViewModel;
import io.pocketllm.app.phones.BesideViewModel;
import io.pocketllm.app.phones.PhonesViewModel;
import io.pocketllm.app.runs.ReplayViewModel;
import io.pocketllm.app.runs.RunExports;
import io.pocketllm.app.runs.RunsViewModel;
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
import io.pocketllm.run.Folders;
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

    private final Features features;
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
    private final Tasks tasks;
    private final FileActions files;
    private final List<Action> actions;
    private final ObjectProperty<Place> place = new SimpleObjectProperty<>(Place.TRAIN);
    private final Appearance appearance = new Appearance();
    private final BooleanProperty logShown = new SimpleBooleanProperty();
    private final BooleanProperty paletteShown = new SimpleBooleanProperty();
    private final BooleanProperty keysShown = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private Tasks.Ticker noteClock;
    private boolean faultTold;

    /**
     * What the window is about, each with the logic of its own.
     *
     * @param setup what is set up
     * @param model the model that is set up
     * @param plan what the run will hold in memory
     * @param fits what fits where
     * @param train what runs
     * @param tryIt a sentence, and what the model thinks of it
     * @param runs all runs there are
     * @param recentRuns run files opened last
     * @param profiles all phones, and a person's own
     * @param probing measures this computer
     * @param sweeps sweeps, new and old
     * @param phones real phones
     * @param beside a run on one of them beside its simulation
     * @param help the program's own guide
     * @param folders the three folders the program writes to
     */
    public record Features(
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
            PhonesViewModel phones,
            BesideViewModel beside,
            HelpViewModel help,
            Folders folders) {}

    /** Puts the features together. */
    public WorkbenchViewModel(Features features, Dialogs dialogs, Tasks tasks) {
        this.features = features;
        this.setup = features.setup();
        this.model = features.model();
        this.plan = features.plan();
        this.fits = features.fits();
        this.train = features.train();
        this.tryIt = features.tryIt();
        this.runs = features.runs();
        this.profiles = features.profiles();
        this.probing = features.probing();
        this.sweeps = features.sweeps();
        this.charts = new ChartsViewModel(train.series());
        this.exports = new Exports(dialogs, train, charts, this::tell);
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
        files = new FileActions(this, features.recentRuns(), exports);
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
            case PHONES -> features.phones().open();
            case HELP -> {}
        }
    }

    private void showFits() {
        if (setup.fileProperty().get() != null) {
            fits.show(setup.fileProperty().get(), SetUpFit.modelsAtHand(model));
        }
    }

    /** What times are reckoned from has changed. */
    void timesChanged() {
        if (place.get() == Place.FITS) {
            showFits();
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
        } else if (features.beside().simulatingProperty().get()) {
            tell("A phone's run is simulated in Phones. Wait for it or cancel it first.");
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

    void copy(String text, String told) {
        dialogs.copy(text);
        tell(told);
    }

    /** Saves all series as a table. */
    public void saveTable() {
        exports.table();
    }

    /** Saves both charts, as they are looked at now, as a picture. */
    public void savePicture() {
        exports.picture(appearance.paletteProperty().get());
    }

    /** Puts both charts, as they are looked at now, on the clipboard. */
    public void copyPicture() {
        exports.copyPicture(appearance.paletteProperty().get());
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
    void tell(String text) {
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

    /** Files, opened and saved. */
    public FileActions files() {
        return files;
    }

    /** Every action, in the order of the list of keys. */
    public List<Action> actions() {
        return actions;
    }

    /** The same, and run files to open again: what can be searched for. */
    public List<Action> everythingToDo() {
        List<Action> all = new ArrayList<>(actions);
        all.addAll(Recent.actions(features.recentRuns(), this));
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

    /** The program's own guide. */
    public HelpViewModel help() {
        return features.help();
    }

    /** The three folders the program writes to. */
    Folders folders() {
        return features.folders();
    }

    /** Sweeps, new and old. */
    public SweepsViewModel sweeps() {
        return sweeps;
    }

    /** A run on a real phone beside its simulation. */
    public BesideViewModel beside() {
        return features.beside();
    }

    /** Real phones. */
    public PhonesViewModel phones() {
        return features.phones();
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
