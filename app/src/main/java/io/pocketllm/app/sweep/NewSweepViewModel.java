package io.pocketllm.app.sweep;

import io.pocketllm.app.task.Debounce;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.sweep.Combination;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.TooLarge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** A sweep that is typed or was opened, and has not begun: checked as it changes. */
public final class NewSweepViewModel {

    /** What stands in the field at first; most runs can be swept over it. */
    static final String EXAMPLE = "method.learningRate = 0.001, 0.01\nseed = 1, 2, 3";

    private static final Duration QUIET = Duration.ofMillis(300);

    private final SweepEngine engine;
    private final Tasks tasks;
    private final Debounce typing;
    private final StringProperty lines = new SimpleStringProperty(EXAMPLE);
    private final ObjectProperty<Goal> goal = new SimpleObjectProperty<>(Goal.ACCURACY);
    private final ReadOnlyObjectWrapper<SweepFile> file = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper verdict = new ReadOnlyStringWrapper("");
    private RunFile base;
    private int newest;

    private record Checked(SweepFile file, Map<Combination, TooLarge> tooLarge) {}

    NewSweepViewModel(SweepEngine engine, Tasks tasks) {
        this.engine = engine;
        this.tasks = tasks;
        typing = new Debounce(tasks, QUIET);
        lines.addListener(o -> changed());
        goal.addListener(o -> changed());
    }

    /** What all runs begin with: the run that is set up. */
    public void base(RunFile run) {
        if (run != null && run != base) {
            base = run;
            check();
        }
    }

    private void changed() {
        // Start must not take the sweep before the change.
        file.set(null);
        newest++;
        typing.call(this::check);
    }

    private void check() {
        if (base == null) {
            return;
        }
        RunFile run = base;
        String text = lines.get();
        Goal best = goal.get();
        check(() -> NewSweepText.read(run, text, best));
    }

    /** Reads a sweep file in place of what is typed. */
    public void open(Path path) {
        check(() -> SweepFile.read(path));
    }

    /** Writes the checked sweep file, for {@code pocketllm sweep} or another computer. */
    public void save(Path path) {
        SweepFile checked = file.get();
        if (checked != null) {
            tasks.run(
                    () -> Files.writeString(path, checked.toJson()),
                    written -> tell("Saved " + path.getFileName() + "."),
                    failure ->
                            problem.set(
                                    path
                                            + " cannot be written: "
                                            + failure.getMessage()
                                            + ". Choose another folder."));
        }
    }

    /** Says what was done with the sweep that is typed, until it changes. */
    public void tell(String words) {
        verdict.set(words);
    }

    private void check(Callable<SweepFile> read) {
        int mine = ++newest;
        tasks.run(
                () -> {
                    SweepFile sweep = read.call();
                    return new Checked(sweep, engine.tooLarge(sweep));
                },
                checked -> {
                    if (mine == newest) {
                        problem.set("");
                        verdict.set(verdict(checked));
                        file.set(checked.file());
                    }
                },
                failure -> {
                    if (mine == newest) {
                        file.set(null);
                        verdict.set("");
                        problem.set(words(failure));
                    }
                });
    }

    private static String verdict(Checked checked) {
        int runs = checked.file().combinations().size();
        int large = checked.tooLarge().size();
        String name =
                checked.file().source().equals(NewSweepText.SOURCE)
                        ? ""
                        : checked.file().spec().name() + ": ";
        if (large == 0) {
            return name + Units.plural(runs, "run") + ", all within the memory of their phones.";
        }
        TooLarge first = checked.tooLarge().values().iterator().next();
        return name
                + Units.plural(runs, "run")
                + "; "
                + large
                + " will be skipped, since the phone would end "
                + (large == 1 ? "it" : "them")
                + ": "
                + Units.megabytes(first.plannedBytes())
                + " planned, "
                + Units.megabytes(first.budgetBytes())
                + " granted.";
    }

    /** The engine's own message and what to do. */
    static String words(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return failure instanceof RunFileException refusal
                ? message + ". " + refusal.hint()
                : message;
    }

    /** A line a key: key, =, values with commas between; or ~, what to draw from. */
    public StringProperty linesProperty() {
        return lines;
    }

    /** What the best run is best at. */
    public ObjectProperty<Goal> goalProperty() {
        return goal;
    }

    /** The checked sweep; null while it cannot be started. */
    public ReadOnlyObjectProperty<SweepFile> fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** Why it cannot be started; empty where it can. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** How many runs it has and whether they fit their phones. */
    public ReadOnlyStringProperty verdictProperty() {
        return verdict.getReadOnlyProperty();
    }
}
