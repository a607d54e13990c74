package io.pocketllm.app.runs;

import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.chart.Series;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.text.Units;
import io.pocketllm.run.Replay;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleIntegerProperty;

/**
 * Goes back to any step of the one run that is selected: what was measured there, and its
 * parameters, rebuilt from the trajectory.
 */
public final class ReplayViewModel {

    private final RunsViewModel runs;
    private final Dialogs dialogs;
    private final Consumer<String> tell;
    private final IntegerProperty step = new SimpleIntegerProperty();
    private final ReadOnlyIntegerWrapper lastStep = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper exporting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private AtomicBoolean cancelled = new AtomicBoolean();
    private Path shown;

    /**
     * @param tell says something small to the person
     */
    public ReplayViewModel(RunsViewModel runs, Dialogs dialogs, Consumer<String> tell) {
        this.runs = runs;
        this.dialogs = dialogs;
        this.tell = tell;
        runs.revisionProperty().addListener(o -> look());
        step.addListener(o -> placeCursor());
        runs.overlay().axisProperty().addListener(o -> placeCursor());
        look();
    }

    /** The run that is replayed: the only one selected, if it took a step; else null. */
    private RunRow row() {
        return runs.selected().size() == 1
                        && !runs.selected().getFirst().isGroup()
                        && runs.selected().getFirst().steps() > 0
                        && !runs.isRunning(runs.selected().getFirst())
                ? runs.selected().getFirst()
                : null;
    }

    private RunSeries series() {
        RunRow row = row();
        List<RunSeries> read = row == null ? List.of() : runs.series(row);
        return read.isEmpty() ? null : read.getFirst();
    }

    private void look() {
        RunRow row = row();
        Path folder = row == null ? null : row.folder();
        lastStep.set(row == null ? 0 : row.steps());
        if (folder == null || !folder.equals(shown)) {
            shown = folder;
            step.set(lastStep.get());
        }
        placeCursor();
    }

    private void placeCursor() {
        RunSeries series = series();
        double x = Double.NaN;
        if (series != null) {
            Series losses = series.loss();
            int index = losses.positions().on(XAxis.STEP).firstAtLeast(step.get());
            XAxis axis = runs.overlay().axisProperty().get();
            x =
                    axis == XAxis.STEP
                            ? step.get()
                            : step.get() == 0
                                    ? 0
                                    : index < losses.positions().size()
                                            ? losses.positions().on(axis).get(index)
                                            : losses.positions().on(axis).last(Double.NaN);
        }
        runs.overlay().cursorProperty().set(x);
    }

    /** What was measured at the step, or last before it, a phrase each; empty before it is read. */
    public List<String> moment() {
        RunSeries series = series();
        if (series == null) {
            return List.of();
        }
        double at = step.get();
        List<String> said = new ArrayList<>();
        add(said, "training loss ", series.loss().at(XAxis.STEP, at), Units::loss);
        add(said, "held-out loss ", series.heldOutLoss().at(XAxis.STEP, at), Units::loss);
        add(said, "accuracy ", series.heldOutAccuracy().at(XAxis.STEP, at) / 100, Units::percent);
        // Readings between this step and the next still belong to it.
        add(
                said,
                "memory ",
                series.memory().at(XAxis.STEP, at + 0.995) * Units.MEGABYTE,
                Units::megabytes);
        int index = series.loss().positions().on(XAxis.STEP).firstAtLeast(Math.nextUp(at)) - 1;
        if (series.phoneTimeKnown() && index >= 0) {
            add(
                    said,
                    "phone clock ",
                    series.loss().positions().on(XAxis.PHONE_TIME).get(index),
                    Units::duration);
        }
        add(
                said,
                "phone at ",
                series.temperature().at(XAxis.STEP, at),
                v -> String.format(Locale.ROOT, "%.1f °C", v));
        add(said, "battery ", series.battery().at(XAxis.STEP, at) / 100, Units::wholePercent);
        return said;
    }

    private static void add(
            List<String> to,
            String name,
            double value,
            java.util.function.DoubleFunction<String> print) {
        if (Double.isFinite(value)) {
            to.add(name + print.apply(value));
        }
    }

    /** Whether the parameters of its steps can be rebuilt. */
    public boolean canExport() {
        return row() != null && Files.isRegularFile(new RunFolder(row().folder()).trajectory());
    }

    /** Asks for a folder and writes the parameters of the step into a new folder inside it. */
    public void export() {
        if (!canExport() || exporting.get()) {
            return;
        }
        dialogs.openFolder("Where to put the parameters of step " + step.get())
                .ifPresent(this::exportTo);
    }

    private void exportTo(Path parent) {
        RunRow row = row();
        if (row == null) {
            return;
        }
        int upTo = step.get();
        Path out = newFolder(parent, row.folder().getFileName() + "-step-" + upTo);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger told = new AtomicInteger(-1);
        cancelled = stop;
        progress.set(0);
        exporting.set(true);
        runs.tasks()
                .run(
                        () -> {
                            try (Replay replay =
                                    runs.library()
                                            .replay(
                                                    row.folder(),
                                                    upTo,
                                                    done -> heard(done, upTo, stop, told))) {
                                return wholeOrNotAtAll(replay, out);
                            }
                        },
                        files -> {
                            exporting.set(false);
                            tell.accept(
                                    "Parameters of step "
                                            + upTo
                                            + " written: "
                                            + Units.plural(files, "file")
                                            + " in "
                                            + out);
                        },
                        failure -> {
                            exporting.set(false);
                            tell.accept(words(failure));
                        });
    }

    /** Under another name until all files are there; none is left of what failed. */
    private static int wholeOrNotAtAll(Replay replay, Path out)
            throws IOException, RunFileException {
        Path partial = out.resolveSibling(out.getFileName() + ".partial");
        try {
            int files = replay.export(partial).size();
            Files.move(partial, out);
            return files;
        } catch (IOException | RuntimeException e) {
            try (Stream<Path> written = Files.list(partial)) {
                for (Path file : written.toList()) {
                    Files.delete(file);
                }
                Files.delete(partial);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static Path newFolder(Path parent, String name) {
        for (int n = 1; ; n++) {
            Path candidate = parent.resolve(n == 1 ? name : name + "-" + n);
            if (!Files.exists(candidate)) {
                return candidate;
            }
        }
    }

    /** In the background, after each step. */
    private void heard(int done, int upTo, AtomicBoolean stop, AtomicInteger told) {
        if (stop.get()) {
            throw new CancellationException();
        }
        int percent = upTo == 0 ? 100 : (int) (100L * done / upTo);
        if (told.getAndSet(percent) != percent) {
            runs.tasks().onScreen(() -> progress.set(percent / 100.0));
        }
    }

    private static String words(Exception failure) {
        return switch (failure) {
            case CancellationException e -> "Cancelled; nothing was written.";
            case RunFileException e -> e.getMessage() + ". " + e.hint();
            default -> "Not written: " + failure.getMessage();
        };
    }

    /** Ends the export after the step it is at. */
    public void cancel() {
        cancelled.set(true);
    }

    /** The step that is looked at, 0 for the start. */
    public IntegerProperty stepProperty() {
        return step;
    }

    /** The last step of the run; 0 where no run can be replayed. */
    public ReadOnlyIntegerProperty lastStepProperty() {
        return lastStep.getReadOnlyProperty();
    }

    /** Whether parameters are being rebuilt. */
    public ReadOnlyBooleanProperty exportingProperty() {
        return exporting.getReadOnlyProperty();
    }

    /** How far that is, 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }
}
