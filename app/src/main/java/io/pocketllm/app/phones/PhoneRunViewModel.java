package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.train.RunFigures;
import io.pocketllm.app.train.RunState;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The run that is followed on one phone, and those that were left there. Properties change on the
 * window's thread, at most five times a second. A run there needs nobody: to close is to look away.
 */
public final class PhoneRunViewModel {

    private static final Duration TICK = Duration.ofMillis(200);
    private static final int LOSS_STEPS = 20;

    /** Hears one run, on any thread; what it heard waits for the next tick. */
    static final class Listener implements Consumer<Event> {
        private final ConcurrentLinkedQueue<Event> waiting = new ConcurrentLinkedQueue<>();
        private PhoneEngine.Following following;

        @Override
        public void accept(Event event) {
            waiting.add(event);
        }
    }

    private final String serial;
    private final PhoneEngine engine;
    private final Tasks tasks;
    private final Dialogs dialogs;
    private final Runnable listChanged;
    private final ObservableList<PhoneEngine.Left> left = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<RunState> state =
            new ReadOnlyObjectWrapper<>(RunState.READY);
    private final ReadOnlyObjectWrapper<Path> folder = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper away = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private final Deque<Double> losses = new ArrayDeque<>();
    private RunFigures figures = new RunFigures();
    private Listener listener;
    private Tasks.Ticker ticker;
    private Event last;
    private Event.Preparing preparing;
    private Event.Warning warning;
    private String name = "";

    /**
     * @param listChanged to be called when the runs that are left may be others
     */
    PhoneRunViewModel(String serial, PhoneSurroundings around, Runnable listChanged) {
        this.serial = serial;
        this.engine = around.engine();
        this.tasks = around.tasks().patient();
        this.dialogs = around.dialogs();
        this.listChanged = listChanged;
    }

    /** A run is being started; what is returned hears it. */
    Listener begin(String runName) {
        name = runName;
        folder.set(null);
        figures = new RunFigures();
        losses.clear();
        last = null;
        warning = null;
        preparing = null;
        listener = new Listener();
        state.set(RunState.PREPARING);
        changed();
        return listener;
    }

    /** The run is there. */
    void attach(Listener which, PhoneEngine.Following following) {
        if (which != listener) {
            following.detach().run();
            return;
        }
        which.following = following;
        folder.set(following.process().folder().path());
        ticker = tasks.every(TICK, () -> tick(which));
        listChanged.run();
        changed();
    }

    /** The run could not be started. */
    void notStarted(Listener which) {
        if (which == listener) {
            state.set(RunState.READY);
            listChanged.run();
            changed();
        }
    }

    /** Follows a run that was left here. */
    public void follow(PhoneEngine.Left run) {
        if (state.get().isActive()) {
            return;
        }
        Listener mine = begin(run.name());
        folder.set(run.folder());
        tasks.run(
                () -> engine.follow(run, serial, mine),
                following -> attach(mine, following),
                problem -> {
                    Trouble why = Trouble.of(problem);
                    end(RunState.FAILED, new Event.Failed(0, why.message(), why.hint()));
                });
    }

    /** Waits no longer for the end of a run that was left, where the person agrees. */
    public void giveUp(PhoneEngine.Left run) {
        if (dialogs.confirm(
                "Give up the run " + run.name() + "?",
                "Its results are not fetched any more; what was heard of it stays in Runs. If it still"
                        + " goes on on the phone, it is not stopped.",
                "Give it up",
                "Keep waiting")) {
            tasks.run(
                    () -> {
                        engine.giveUp(run);
                        return run;
                    },
                    done -> listChanged.run(),
                    problem -> {
                        Trouble why = Trouble.of(problem);
                        end(RunState.FAILED, new Event.Failed(0, why.message(), why.hint()));
                    });
        }
    }

    private void tick(Listener of) {
        if (of != listener) {
            return;
        }
        // Asked before the queue is emptied: the last event comes before the run is gone.
        boolean gone = of.following.process().ended().isDone();
        boolean any = gone || of.following.fetching().get().isPresent();
        for (Event e = of.waiting.poll(); e != null; e = of.waiting.poll()) {
            any = true;
            take(e);
        }
        if (gone) {
            ticker.stop();
            if (state.get().isActive()) {
                end(
                        RunState.FAILED,
                        new Event.Failed(
                                0,
                                "The run is no longer followed.",
                                "It may go on on the phone: follow it again."));
            }
            listChanged.run();
        }
        if (any) {
            changed();
        }
    }

    private void take(Event event) {
        figures.accept(event);
        switch (event) {
            case Event.Preparing e -> preparing = e;
            case Event.Started e -> move(RunState.PREPARING, RunState.RUNNING);
            case Event.Step e -> {
                losses.addLast((e.lossPlus() + e.lossMinus()) / 2);
                if (losses.size() > LOSS_STEPS) {
                    losses.removeFirst();
                }
            }
            case Event.Paused e -> {
                move(RunState.PAUSING, RunState.PAUSED);
                move(RunState.RUNNING, RunState.PAUSED);
            }
            case Event.Resumed e -> move(RunState.PAUSED, RunState.RUNNING);
            case Event.Warning e -> warning = e;
            case Event.Killed e -> end(RunState.KILLED, e);
            case Event.Diverged e -> end(RunState.DIVERGED, e);
            case Event.Finished e -> end(RunState.FINISHED, e);
            case Event.Failed e -> end(RunState.FAILED, e);
            case Event.Evaluated e -> {}
            case Event.Reference e -> {}
            case Event.Memory e -> {}
            case Event.Phone e -> {}
            case Event.Prediction e -> {}
        }
    }

    private void move(RunState from, RunState to) {
        if (state.get() == from) {
            state.set(to);
        }
    }

    private void end(RunState how, Event why) {
        last = why;
        state.set(how);
        changed();
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }

    private RunProcess process() {
        return listener == null || listener.following == null ? null : listener.following.process();
    }

    /** Pauses what runs, resumes what is paused. */
    public void togglePause() {
        if (process() == null) {
            return;
        }
        if (state.get() == RunState.PAUSED || state.get() == RunState.PAUSING) {
            process().resume();
            move(RunState.PAUSING, RunState.RUNNING);
        } else if (state.get() == RunState.RUNNING) {
            state.set(RunState.PAUSING);
            process().pause();
        }
        changed();
    }

    /** Finishes the step in hand and saves; asked a second time, ends the run at once. */
    public void stop() {
        if (process() == null || !state.get().isActive()) {
            return;
        }
        if (state.get() == RunState.STOPPING) {
            process().kill();
        } else {
            state.set(RunState.STOPPING);
            process().stop();
        }
        changed();
    }

    /** Measures held-out loss and accuracy after the step in hand. */
    public void evaluate() {
        if (process() != null) {
            process().evaluate();
        }
    }

    /** Looks away; the run goes on. */
    void detach() {
        if (ticker != null) {
            ticker.stop();
        }
        if (listener != null && listener.following != null) {
            listener.following.detach().run();
        }
        listener = null;
    }

    /** Whether the phone is there. */
    void reachable(boolean isThere) {
        away.set(!isThere);
    }

    /** Whether the run of a folder is followed and goes on. */
    boolean isFollowing(Path run) {
        return state.get().isActive() && run.equals(folder.get());
    }

    /** Runs left on this phone that are not followed, the newest first. */
    public ObservableList<PhoneEngine.Left> left() {
        return left;
    }

    /** What the run is doing; {@link RunState#READY} where none was followed yet. */
    public ReadOnlyObjectProperty<RunState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** The run folder here; null before there is one. */
    public ReadOnlyObjectProperty<Path> folderProperty() {
        return folder.getReadOnlyProperty();
    }

    /** True while the phone cannot be reached. */
    public ReadOnlyBooleanProperty awayProperty() {
        return away.getReadOnlyProperty();
    }

    /** Rises whenever there is something else to show. */
    public ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /** The latest figures. */
    public RunFigures figures() {
        return figures;
    }

    /** Mean loss of the last twenty steps, nats; NaN before the first. */
    public double loss() {
        return losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** The run's name. */
    public String name() {
        return name;
    }

    /** The event it ended with, or null. */
    Event last() {
        return last;
    }

    Event.Preparing preparing() {
        return preparing;
    }

    /** The latest warning, or null. */
    Event.Warning warning() {
        return warning;
    }

    /** How far the fetching of its results is, or null. */
    TransferProgress fetching() {
        return listener == null || listener.following == null
                ? null
                : listener.following.fetching().get().orElse(null);
    }
}
