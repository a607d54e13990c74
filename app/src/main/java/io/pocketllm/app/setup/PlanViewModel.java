package io.pocketllm.app.setup;

import io.pocketllm.app.memory.MemoryWords;
import io.pocketllm.app.task.Debounce;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.text.Units;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.plan.TimePlan;
import io.pocketllm.run.Remedy;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunOutlook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/**
 * How much memory the run that is set up will hold, and what that means on its phone. Worked out
 * anew in the background while a person types, from the model's sizes; no file of the model is
 * opened for it.
 */
public final class PlanViewModel {

    /** A person who types a number is not answered after each digit. */
    private static final Duration QUIET = Duration.ofMillis(120);

    private final SetupViewModel setup;
    private final ModelViewModel model;
    private final RunTimes times;
    private final Tasks tasks;
    private final Debounce typing;
    private final ReadOnlyObjectWrapper<RunOutlook> outlook = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper pending = new ReadOnlyBooleanWrapper();
    private final BooleanProperty detailsShown = new SimpleBooleanProperty();
    private final List<Runnable> waiting = new ArrayList<>();
    private volatile int number;

    /** Follows what is set up. */
    public PlanViewModel(SetupViewModel setup, ModelViewModel model, RunTimes times, Tasks tasks) {
        this.setup = setup;
        this.model = model;
        this.times = times;
        this.tasks = tasks;
        this.typing = new Debounce(tasks, QUIET);
        setup.fileProperty().addListener(o -> ask());
        model.infoProperty().addListener(o -> ask());
        model.openingProperty().addListener(o -> ask());
        times.revisionProperty().addListener(o -> ask());
        ask();
    }

    private void ask() {
        number++;
        pending.set(true);
        typing.call(this::plan);
    }

    private void plan() {
        int mine = ++number;
        RunFile file = setup.fileProperty().get();
        ModelInfo info = model.infoProperty().get();
        if (model.openingProperty().get()) {
            // Asked again when it is open, or cannot be opened.
            outlook.set(null);
            return;
        }
        if (file == null || info == null) {
            settle(null, "");
            return;
        }
        String name = model.name();
        TimeBasis basis = times.basis(file);
        tasks.run(
                // What was typed over while this waited for its turn need not be worked out.
                () -> mine == number ? RunOutlook.of(file, name, info, basis) : null,
                found -> {
                    if (mine == number) {
                        settle(found, "");
                    }
                },
                failure -> {
                    if (mine == number) {
                        settle(null, words(failure, file));
                    }
                });
    }

    private static String words(Exception failure, RunFile file) {
        return failure instanceof RunFileException e
                ? RefusalText.atField(e, file.source())
                : String.valueOf(failure.getMessage());
    }

    private void settle(RunOutlook found, String why) {
        problem.set(why);
        outlook.set(found);
        pending.set(false);
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    /**
     * Runs {@code action} when the estimate is about what is set up now: at once, or after a last
     * reckoning. Where there can be none, since the model cannot be opened, it runs too.
     */
    public void whenSettled(Runnable action) {
        if (!pending.get()) {
            action.run();
            return;
        }
        waiting.add(action);
        typing.flush();
    }

    /** Makes a change that was offered. */
    public void apply(Remedy remedy) {
        setup.apply(remedy.changes());
    }

    /** Takes a phone that holds the run. */
    public void chooseLargerPhone() {
        if (outlook.get() != null) {
            setup.giveMoreMemory(outlook.get().plan().totalBytes());
        }
    }

    /** The question before a run that is expected to be killed. */
    public String warning() {
        RunOutlook now = outlook.get();
        String offers =
                now.remedies().stream()
                        .map(r -> r.what() + " (about " + Units.megabytes(r.totalBytes()) + ")")
                        .collect(Collectors.joining("\n· "));
        return now.fit()
                .map(
                        fit ->
                                "By the estimate it needs "
                                        + Units.megabytes(now.plan().totalBytes())
                                        + ", and "
                                        + fit.name()
                                        + " grants it "
                                        + Units.megabytes(fit.budgetBytes())
                                        + ". "
                                        + (offers.isEmpty()
                                                ? "No smaller setting of this model fits; a phone"
                                                        + " with more memory or a smaller model"
                                                        + " would."
                                                : "What would fit:\n· " + offers))
                .orElse("");
    }

    /** How large a batch may be, in words; empty where nothing limits it. */
    public String largestBatch() {
        RunOutlook now = outlook.get();
        return now == null || now.fit().isEmpty()
                ? ""
                : "Largest batch that fits: " + MemoryWords.largestBatch(now.largestBatch());
    }

    /** How long the run takes on its phone, in words; empty where no phone is simulated. */
    public String time() {
        RunOutlook now = outlook.get();
        return now == null ? "" : now.time().map(time -> words(time, now.rows())).orElse("");
    }

    private static String words(TimePlan time, RowLength rows) {
        String battery =
                String.format(
                        Locale.ROOT,
                        time.batteryPercent() < 10 ? "%.1f %%" : "%.0f %%",
                        time.batteryPercent());
        return "≈ "
                + Units.shortTime(time.stepMillis() / 1000)
                + " a step there, "
                + Units.plural(time.steps(), "step")
                + " ≈ "
                + Units.duration(time.total().toMillis() / 1000.0)
                + ", "
                + battery
                + " battery; "
                + rows.words();
    }

    /** The estimate; null while it is not known. */
    public ReadOnlyObjectProperty<RunOutlook> outlookProperty() {
        return outlook.getReadOnlyProperty();
    }

    /** Why there is none; empty where there is one, or where it is only not known yet. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** True while the estimate is about an older setting. */
    public ReadOnlyBooleanProperty pendingProperty() {
        return pending.getReadOnlyProperty();
    }

    /** Whether every part is shown. */
    public BooleanProperty detailsShownProperty() {
        return detailsShown;
    }

    /** True while a run goes on: nothing can be changed then. */
    public ReadOnlyBooleanProperty lockedProperty() {
        return setup.lockedProperty();
    }
}
