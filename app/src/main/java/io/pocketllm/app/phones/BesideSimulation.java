package io.pocketllm.app.phones;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.SimulatedTwin;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** A phone's run that is being simulated on this computer. One at a time. */
final class BesideSimulation {

    private static final Duration TICK = Duration.ofMillis(200);

    private final RunProcess.Launcher launcher;
    private final UserProfiles profiles;
    private final Tasks tasks;
    private final Consumer<Path> begun;
    private final Consumer<Path> over;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final AtomicReference<Event.Step> step = new AtomicReference<>();
    private final AtomicReference<Event> end = new AtomicReference<>();
    private RunProcess process;
    private Tasks.Ticker ticker;
    private int steps;
    private boolean cancelled;

    /**
     * @param profiles a person's own phones, which a run file names by their ids
     * @param begun told the run's folder once it goes on
     * @param over told it again once it has ended
     */
    BesideSimulation(
            RunProcess.Launcher launcher,
            UserProfiles profiles,
            Tasks tasks,
            Consumer<Path> begun,
            Consumer<Path> over) {
        this.launcher = launcher;
        this.profiles = profiles;
        this.tasks = tasks;
        this.begun = begun;
        this.over = over;
    }

    /** Starts the run of a phone's run folder; the simulation of another one goes on. */
    void start(Path real) {
        if (running.get()) {
            return;
        }
        running.set(true);
        cancelled = false;
        problem.set("");
        progress.set(-1);
        text.set("Starting");
        step.set(null);
        end.set(null);
        tasks.run(
                () -> {
                    var file = SimulatedTwin.of(real, profiles);
                    steps = file.spec().training().steps();
                    return launcher.start(file, this::hear);
                },
                this::started,
                this::failed);
    }

    /** On the thread of the process. */
    private void hear(Event event) {
        if (event instanceof Event.Step s) {
            step.set(s);
        }
        if (event.isLast()) {
            end.set(event);
        }
    }

    private void started(RunProcess run) {
        process = run;
        begun.accept(run.folder().path());
        if (cancelled) {
            run.stop();
        }
        ticker = tasks.every(TICK, this::tick);
    }

    private void failed(Exception e) {
        running.set(false);
        text.set("");
        problem.set(words(e));
    }

    private void tick() {
        Event.Step last = step.get();
        if (last != null) {
            progress.set((double) last.step() / steps);
            text.set("Step " + last.step() + " of " + steps);
        }
        if (process.ended().isDone()) {
            ticker.stop();
            Path folder = process.folder().path();
            process = null;
            running.set(false);
            text.set("");
            problem.set(why(end.get()));
            over.accept(folder);
        }
    }

    /** Why it ended without all its steps; empty where that was wanted. */
    private static String why(Event end) {
        return switch (end) {
            case Event.Killed e -> "The simulated phone killed it: " + e.why();
            case Event.Diverged e -> e.message();
            case Event.Failed e -> e.message() + (e.hint() == null ? "" : " " + e.hint());
            case null -> "The simulation is gone without a word.";
            default -> "";
        };
    }

    /** Finishes the step in hand and saves; what was simulated until then is compared. */
    void cancel() {
        cancelled = true;
        if (process != null) {
            text.set("Stopping");
            process.stop();
        }
    }

    /** Ends the run at once: the window closes. */
    void close() {
        cancelled = true;
        if (process != null) {
            process.close();
        }
    }

    /** What an exception says to a person, with what to do about it. */
    static String words(Exception e) {
        return switch (e) {
            case PhoneException p -> p.getMessage() + " " + p.hint();
            case RunFileException r -> r.getMessage() + ". " + r.hint();
            default -> String.valueOf(e.getMessage());
        };
    }

    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Share of the steps, 0 to 1; below 0 before the first. */
    ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** How far it is; empty where none goes on. */
    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /** Why the last one did not do; empty where it did. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
