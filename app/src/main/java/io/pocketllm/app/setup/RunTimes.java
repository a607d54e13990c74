package io.pocketllm.app.setup;

import io.pocketllm.app.task.Debounce;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/**
 * What times on a phone are reckoned from: how long the rows of the data that is set up are, read
 * in the background when it can be, and what was measured of this computer.
 */
public final class RunTimes {

    /** Keys that decide how long rows are. */
    private static final List<String> DECIDING =
            List.of(
                    "model.path",
                    "data",
                    "objective",
                    "training.batchSize",
                    "training.steps",
                    "training.lengthBucketing",
                    "seed");

    /** A person who types a number is not answered after each digit. */
    private static final Duration QUIET = Duration.ofMillis(300);

    private final SetupViewModel setup;
    private final RunSource source;
    private final Supplier<ClockFactors> measured;
    private final Tasks tasks;
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private Map<String, String> asked = Map.of();
    private Optional<RowLength> rows = Optional.empty();
    private ClockFactors factors;

    /**
     * @param measured what is measured by now
     */
    public RunTimes(
            SetupViewModel setup, RunSource source, Supplier<ClockFactors> measured, Tasks tasks) {
        this.setup = setup;
        this.source = source;
        this.measured = measured;
        this.tasks = tasks;
        this.factors = measured.get();
        Debounce typing = new Debounce(tasks, QUIET);
        setup.previewProperty().addListener(o -> read());
        setup.fileProperty().addListener(o -> typing.call(this::read));
        read();
    }

    private void read() {
        RunFile run = setup.fileProperty().get();
        if (run == null || setup.previewProperty().get() == null) {
            return;
        }
        Map<String, String> question = deciding(run);
        if (question.equals(asked)) {
            return;
        }
        asked = question;
        tasks.run(
                () -> source.rowLength(run),
                found -> settle(question, found),
                // The card of the data or the model says what is wrong with it.
                failure -> settle(question, Optional.empty()));
    }

    private void settle(Map<String, String> question, Optional<RowLength> found) {
        if (question.equals(asked) && !found.equals(rows)) {
            rows = found;
            revision.set(revision.get() + 1);
        }
    }

    private static Map<String, String> deciding(RunFile run) {
        Map<String, String> values = new TreeMap<>(run.values());
        values.keySet()
                .removeIf(
                        key ->
                                DECIDING.stream()
                                        .noneMatch(
                                                word ->
                                                        key.equals(word)
                                                                || key.startsWith(word + ".")));
        return values;
    }

    /** Something was measured: times are reckoned by it from now on. */
    public void measuredAnew() {
        factors = measured.get();
        revision.set(revision.get() + 1);
    }

    /** What the times of a run are reckoned from, as far as is known now. */
    public TimeBasis basis(RunFile run) {
        return RunTime.basis(run, factors, rows);
    }

    /** Another number whenever times would be others. */
    public ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }
}
