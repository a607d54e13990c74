package io.pocketllm.app.train;

import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunPreview;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.TextQuestion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/**
 * A run as the window sees it: starts and steers the worker, gathers its events, and says in words
 * how it ended.
 *
 * <p>All properties change on the window's thread, at most {@value #TICKS_A_SECOND} times a second.
 */
public final class TrainViewModel {

    /** How often the window looks for new events. */
    public static final int TICKS_A_SECOND = 5;

    /**
     * How long a run that was asked to stop may be silent, seconds at least. A step and the last
     * evaluation are finished and saved first; only a worker that hangs takes longer.
     */
    static final int STOP_GRACE_SECONDS = 60;

    /** Steps of the usual length that a run may take at least. */
    private static final int STOP_GRACE_STEPS = 20;

    private static final int LOG_LINES = 200;

    private final RunProcess.Launcher launcher;
    private final Tasks tasks;
    private final RunSeries series = new RunSeries();
    private final ArrayDeque<String> log = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<RunState> state =
            new ReadOnlyObjectWrapper<>(RunState.READY);
    private final ReadOnlyObjectWrapper<Banner> outcome = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Banner> warning = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Event.Preparing> preparing = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private final ObjectProperty<RunPreview> preview = new SimpleObjectProperty<>();

    private final ReadOnlyObjectWrapper<Event.Prediction> prediction =
            new ReadOnlyObjectWrapper<>();

    private RunFigures figures = new RunFigures();
    private PhoneFigures phone = new PhoneFigures("");
    private RunSession session;
    private RunFile file;
    private Tasks.Ticker ticker;
    private int silentTicks;
    private boolean endedByPatience;
    private int silentSeconds;

    /**
     * @param launcher starts workers; a test passes one that starts none
     */
    public TrainViewModel(RunProcess.Launcher launcher, Tasks tasks) {
        this.launcher = launcher;
        this.tasks = tasks;
    }

    /** Starts a run, unless one is going on. */
    public void start(RunFile toRun) {
        if (state.get().isActive()) {
            return;
        }
        file = toRun;
        series.clear();
        figures = new RunFigures();
        phone = new PhoneFigures(phoneName());
        log.clear();
        silentTicks = 0;
        endedByPatience = false;
        outcome.set(null);
        warning.set(null);
        preparing.set(new Event.Preparing(0, "Starting the worker", null));
        RunSession mine = new RunSession();
        // Before the state: whoever hears of the new run may ask it something at once.
        session = mine;
        state.set(RunState.PREPARING);
        changed();
        ticker = tasks.every(Duration.ofMillis(1000 / TICKS_A_SECOND), this::tick);
        tasks.run(
                () -> launcher.start(toRun, mine::put),
                mine::attach,
                problem -> notStarted(mine, problem));
    }

    private String phoneName() {
        RunPreview now = preview.get();
        return now == null || now.device() == null ? "" : now.device().name();
    }

    private void notStarted(RunSession which, Exception problem) {
        which.notStarted();
        String hint = problem instanceof RunFileException e ? e.hint() : "";
        String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        end(RunState.FAILED, Banners.failed(message, hint));
    }

    /** Takes the waiting events in; one change for all of them. */
    private void tick() {
        RunSession mine = session;
        // Asked before the queue is emptied: the last event is put before the worker is gone.
        boolean gone = mine.gone().isDone();
        boolean[] any = {false};
        silentTicks++;
        mine.drain(
                event -> {
                    any[0] = true;
                    if (!(event instanceof Event.Memory)) {
                        // Memory is read from outside: a worker that hangs has it too.
                        silentTicks = 0;
                    }
                    take(event);
                });
        if (gone) {
            endedBy(mine.gone().join(), mine);
        } else if (state.get() == RunState.STOPPING && silentTicks > graceTicks()) {
            endedByPatience = true;
            silentSeconds = silentTicks / TICKS_A_SECOND;
            mine.kill();
        }
        if (any[0] || gone) {
            changed();
        }
    }

    private double graceTicks() {
        double steps = STOP_GRACE_STEPS * Math.max(0, figures.stepSeconds());
        return TICKS_A_SECOND * Math.max(STOP_GRACE_SECONDS, Double.isNaN(steps) ? 0 : steps);
    }

    private void take(Event event) {
        series.accept(event);
        figures.accept(event);
        phone.accept(event);
        if (log.size() == LOG_LINES) {
            log.removeFirst();
        }
        log.addLast(EventText.line(event));
        switch (event) {
            case Event.Preparing e -> preparing.set(e);
            case Event.Started e -> {
                preparing.set(null);
                move(RunState.PREPARING, RunState.RUNNING);
            }
            case Event.Paused e -> {
                move(RunState.PAUSING, RunState.PAUSED);
                move(RunState.RUNNING, RunState.PAUSED);
            }
            case Event.Resumed e -> move(RunState.PAUSED, RunState.RUNNING);
            case Event.Warning e -> warning.set(Banners.warning(e));
            case Event.Killed e -> end(RunState.KILLED, Banners.killed(e, figures));
            case Event.Diverged e -> end(RunState.DIVERGED, Banners.diverged(e));
            case Event.Finished e -> end(RunState.FINISHED, Banners.finished(e, figures));
            case Event.Failed e -> {
                if (session.endedByPerson()) {
                    endedAtOnce();
                } else {
                    end(RunState.FAILED, Banners.failed(e.message(), e.hint()));
                }
            }
            case Event.Step e -> {}
            case Event.Evaluated e -> {}
            case Event.Reference e -> {}
            case Event.Memory e -> {}
            case Event.Phone e -> {}
            case Event.Prediction e -> prediction.set(e);
        }
    }

    private void move(RunState from, RunState to) {
        if (state.get() == from) {
            state.set(to);
        }
    }

    private void endedBy(ExitCode code, RunSession which) {
        if (ticker != null) {
            ticker.stop();
            ticker = null;
        }
        if (state.get().isActive()) {
            if (which.endedByPerson()) {
                endedAtOnce();
            } else {
                end(RunState.FAILED, Banners.silentEnd(code));
            }
        }
    }

    private void endedAtOnce() {
        end(
                RunState.FINISHED,
                endedByPatience
                        ? Banners.endedAfterGrace(figures.step(), silentSeconds)
                        : Banners.endedAtOnce(figures.step()));
    }

    private void end(RunState how, Banner why) {
        preparing.set(null);
        outcome.set(why);
        state.set(how);
        changed();
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }

    /** Waits after the step in hand. */
    public void pause() {
        if (state.get() == RunState.RUNNING || state.get() == RunState.PREPARING) {
            // While preparing there is no step to finish; the worker pauses before its first.
            state.set(RunState.PAUSING);
            session.pause();
        }
    }

    /** Goes on after a pause. */
    public void resume() {
        if (state.get() == RunState.PAUSED || state.get() == RunState.PAUSING) {
            session.resume();
            // A pause taken back before the worker reached it may go unconfirmed.
            move(
                    RunState.PAUSING,
                    figures.started() == null ? RunState.PREPARING : RunState.RUNNING);
        }
    }

    /** Pauses what runs, resumes what is paused. */
    public void togglePause() {
        if (state.get() == RunState.PAUSED || state.get() == RunState.PAUSING) {
            resume();
        } else {
            pause();
        }
    }

    /** Finishes the step in hand and saves; asked a second time, ends the worker at once. */
    public void stop() {
        if (state.get() == RunState.STOPPING) {
            session.kill();
        } else if (state.get().isActive()) {
            state.set(RunState.STOPPING);
            silentTicks = 0;
            session.stop();
        }
    }

    /** Measures held-out loss and accuracy after the step in hand. */
    public void evaluate() {
        if (state.get() == RunState.RUNNING || state.get() == RunState.PAUSED) {
            session.evaluate();
        }
    }

    /**
     * Asks the run that goes on about a text; {@link #predictionProperty} gets the answer.
     *
     * @return false where there is no run, or it answers no questions
     */
    public boolean ask(TextQuestion question) {
        return state.get().isActive() && session.ask(question);
    }

    /** Connects the simulated phone to a charger or takes it away. */
    public void plug(boolean connected) {
        if (state.get().isActive()) {
            session.plug(connected);
        }
    }

    /** Ends the worker, politely first; completes when it is gone. */
    public CompletableFuture<Void> shutDown(Duration grace) {
        if (session == null || session.gone().isDone()) {
            return CompletableFuture.completedFuture(null);
        }
        RunSession mine = session;
        if (state.get() != RunState.STOPPING) {
            stop();
        }
        CompletableFuture<ExitCode> patient = mine.gone().copy();
        return patient.orTimeout(grace.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .handle(
                        (code, late) -> {
                            if (late != null) {
                                mine.kill();
                            }
                            return null;
                        });
    }

    /** A report for a bug tracker, without personal paths. */
    public String report() {
        return ErrorReport.text(outcome.get(), null, file, List.copyOf(log));
    }

    /** The same about something that went wrong outside a run. */
    public String report(String title, Throwable fault) {
        Banner told = new Banner(Banner.Tone.ALARM, title, "", List.of());
        return ErrorReport.text(told, fault, file, List.copyOf(log));
    }

    /** The run folder's path; empty before there is one. */
    public String folder() {
        return session == null ? "" : session.folder();
    }

    /** The last events in words, oldest first. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** The lines of the charts. */
    public RunSeries series() {
        return series;
    }

    /** The latest figures. */
    public RunFigures figures() {
        return figures;
    }

    /** What the run last said of its phone. */
    public PhoneFigures phone() {
        return phone;
    }

    /** The file that runs or ran, or null. */
    public RunFile file() {
        return file;
    }

    /** What the run is doing. */
    public ReadOnlyObjectProperty<RunState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** How the last run ended, or null. */
    public ReadOnlyObjectProperty<Banner> outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    /** The latest warning, or null; a person may set it aside. */
    public ObjectProperty<Banner> warningProperty() {
        return warning;
    }

    /** The latest answer about a text, or null. */
    public ReadOnlyObjectProperty<Event.Prediction> predictionProperty() {
        return prediction.getReadOnlyProperty();
    }

    /** What is being prepared, or null. */
    public ReadOnlyObjectProperty<Event.Preparing> preparingProperty() {
        return preparing.getReadOnlyProperty();
    }

    /** Rises once for each batch of events that came in: redraw then. */
    public ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /** What is set up to run next; the shell binds it. */
    public ObjectProperty<RunPreview> previewProperty() {
        return preview;
    }
}
