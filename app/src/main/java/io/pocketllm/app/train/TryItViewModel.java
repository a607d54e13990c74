package io.pocketllm.app.train;

import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import io.pocketllm.run.PredictionProcess;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.TextQuestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
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
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * A sentence of a person's own, and what the model thinks of it: before training and now.
 *
 * <p>While a run goes on its worker is asked, again and again between steps; else a short-lived
 * process is, about the run that has ended or about what is set up. The window loads no model.
 */
public final class TryItViewModel {

    /** Seconds between two answers of a run that goes on. */
    private static final double SECONDS_APART = 2;

    /** A run with long steps is asked once in as many of them. */
    private static final double STEPS_APART = 5;

    /**
     * A class.
     *
     * @param before its probability before training, 0 to 1; NaN where it is not known
     * @param now the same as the model is now
     */
    public record Row(String label, double before, double now) {}

    private final TrainViewModel train;
    private final RunProcess.Launcher launcher;
    private final Tasks tasks;
    private final ObjectProperty<RunFile> setUp = new SimpleObjectProperty<>();
    private final StringProperty text = new SimpleStringProperty("");
    private final BooleanProperty available = new SimpleBooleanProperty(true);
    private final ReadOnlyObjectWrapper<List<Row>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();

    /** The sentence that is followed; null before the first. */
    private String watched;

    /** Number of the newest question; an answer to an older one is passed over. */
    private long newest;

    private PredictionProcess process;
    private int answeredStep = -1;
    private double answeredSeconds;

    /**
     * @param launcher starts the processes that answer while no run goes on
     */
    public TryItViewModel(TrainViewModel train, RunProcess.Launcher launcher, Tasks tasks) {
        this.train = train;
        this.launcher = launcher;
        this.tasks = tasks;
        train.predictionProperty().addListener((p, before, now) -> answered(now));
        train.revisionProperty().addListener(o -> askAgain());
        train.stateProperty().addListener((p, before, now) -> moved(before, now));
        setUp.addListener(o -> available.set(classes(setUp.get())));
    }

    private static boolean classes(RunFile file) {
        return file == null || !file.spec().objective().labels().isEmpty();
    }

    /** Asks about the text as it stands; nothing where it is blank. */
    public void ask() {
        if (text.get().isBlank()) {
            return;
        }
        String wanted = text.get().strip();
        watched = wanted.substring(0, Math.min(wanted.length(), TextQuestion.MAX_CHARS));
        rows.set(List.of());
        askNow();
    }

    private void askNow() {
        endProcess();
        newest++;
        asking.set(true);
        if (train.stateProperty().get().isActive()) {
            status.set(
                    train.stateProperty().get() == RunState.PREPARING
                            ? "Asking the run, once it is loaded…"
                            : "Asking the run, after the step in hand…");
            if (!train.ask(new TextQuestion(newest, watched))) {
                refuse("This run answers no questions while it goes on.");
            }
            return;
        }
        RunFile file = setUp.get();
        String folder = train.folder();
        String sentence = watched;
        if (!folder.isEmpty()) {
            status.set("Loading the checkpoint…");
            askProcess(() -> launcher.predict(Path.of(folder), sentence));
        } else if (file != null) {
            status.set("Loading the model…");
            askProcess(() -> launcher.predict(file, sentence));
        } else {
            refuse("Set up a run first.");
        }
    }

    private void askProcess(Callable<PredictionProcess> start) {
        long mine = newest;
        tasks.run(
                start,
                started -> {
                    if (mine != newest) {
                        started.close();
                        return;
                    }
                    process = started;
                    started.answer()
                            .whenComplete(
                                    (answer, problem) ->
                                            tasks.onScreen(
                                                    () -> processEnded(mine, answer, problem)));
                },
                problem -> {
                    if (mine == newest) {
                        refuse(problem.getMessage());
                    }
                });
    }

    private void processEnded(long which, Event.Prediction answer, Throwable problem) {
        if (which != newest) {
            return;
        }
        process = null;
        if (problem != null) {
            Throwable cause =
                    problem instanceof CompletionException && problem.getCause() != null
                            ? problem.getCause()
                            : problem;
            refuse(cause.getMessage());
        } else {
            show(answer);
        }
    }

    /** An answer of the run that goes on. */
    private void answered(Event.Prediction answer) {
        if (answer == null || answer.id() != newest || !answer.text().equals(watched)) {
            return;
        }
        answeredStep = answer.step();
        answeredSeconds = train.figures().elapsedSeconds();
        show(answer);
    }

    private void show(Event.Prediction answer) {
        asking.set(false);
        Map<String, Double> before = answer.startProbabilities();
        Map<String, Double> now = answer.probabilities();
        Map<String, Double> labels = now == null ? before : now;
        List<Row> all = new ArrayList<>();
        if (labels != null) {
            for (String label : labels.keySet()) {
                all.add(new Row(label, of(before, label), of(now, label)));
            }
        }
        rows.set(List.copyOf(all));
        String when =
                labels == null
                        ? ""
                        : answer.step() == 0 ? "Before training" : "After step " + answer.step();
        String note = answer.note() == null ? "" : answer.note();
        status.set(when.isEmpty() || note.isEmpty() ? when + note : when + ". " + note);
    }

    private static double of(Map<String, Double> probabilities, String label) {
        return probabilities == null || probabilities.get(label) == null
                ? Double.NaN
                : probabilities.get(label);
    }

    private void refuse(String why) {
        asking.set(false);
        status.set(why == null || why.isBlank() ? "The model could not be asked." : why);
    }

    /** Once for each batch of events: whether an answer is old enough to ask again. */
    private void askAgain() {
        RunFigures figures = train.figures();
        double pause = Math.max(SECONDS_APART, STEPS_APART * orZero(figures.stepSeconds()));
        if (watched != null
                && !asking.get()
                && train.stateProperty().get() == RunState.RUNNING
                && figures.step() > answeredStep
                && figures.elapsedSeconds() - answeredSeconds >= pause) {
            newest++;
            asking.set(train.ask(new TextQuestion(newest, watched)));
        }
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private void moved(RunState before, RunState now) {
        if (watched == null) {
            return;
        }
        if (!before.isActive() && now.isActive()) {
            // Asked before the first step, so that even a whole model has a start to compare with.
            rows.set(List.of());
            answeredStep = -1;
            answeredSeconds = 0;
            askNow();
        } else if (before.isActive() && !now.isActive()) {
            if (now == RunState.FINISHED || now == RunState.DIVERGED) {
                askNow();
            } else {
                newest++;
                asking.set(false);
                status.set(
                        rows.get().isEmpty()
                                ? "The run ended before it could answer."
                                : status.get() + ", before the run ended.");
            }
        }
    }

    private void endProcess() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /** Ends the process that answers, if there is one. */
    public void close() {
        newest++;
        endProcess();
    }

    /** What is set up to run next; the shell binds it. */
    public ObjectProperty<RunFile> setUpProperty() {
        return setUp;
    }

    /** The sentence; where the objective reads several texts, one a line. */
    public StringProperty textProperty() {
        return text;
    }

    /** False where answers are free text, which has no classes. */
    public BooleanProperty availableProperty() {
        return available;
    }

    /** Every class with its two probabilities, in the order of the labels. */
    public ReadOnlyObjectProperty<List<Row>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** When the answer was given, or why there is none. */
    public ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** True while an answer is waited for. */
    public ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }

    /** The answer in words, for people who do not see the bars. */
    public String summary() {
        StringBuilder words = new StringBuilder(status.get());
        for (Row row : rows.get()) {
            words.append("; ").append(row.label()).append(": ");
            words.append(Double.isNaN(row.before()) ? "unknown" : Units.percent(row.before()));
            words.append(" before, ");
            words.append(Double.isNaN(row.now()) ? "unknown" : Units.percent(row.now()));
            words.append(" now");
        }
        return words.toString();
    }
}
