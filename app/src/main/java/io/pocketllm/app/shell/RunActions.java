package io.pocketllm.app.shell;

import io.pocketllm.app.runs.RunsViewModel;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.beans.property.BooleanProperty;
import javafx.scene.input.KeyCode;

/** What can be done by a key or by searching on the page of all runs. */
final class RunActions {

    private RunActions() {}

    static List<Action> of(WorkbenchViewModel w) {
        RunsViewModel runs = w.runs();
        BooleanSupplier here =
                () -> w.placeProperty().get() == Place.RUNS && !w.sweeps().shownProperty().get();
        BooleanSupplier some = () -> here.getAsBoolean() && !runs.selected().isEmpty();
        BooleanSupplier one = () -> here.getAsBoolean() && runs.selected().size() == 1;
        return List.of(
                new Action(
                        "In Runs: group by all but the seed",
                        KeyCode.G,
                        false,
                        here,
                        () -> flip(runs.groupedProperty())),
                new Action(
                        "In Runs: pin the selected run as baseline, or unpin it",
                        KeyCode.B,
                        false,
                        one,
                        runs::pinSelected),
                Action.withoutKey(
                        "Draw differences from the baseline",
                        () -> here.getAsBoolean() && runs.baseline().row() != null,
                        () -> flip(runs.overlay().differencesProperty())),
                Action.withoutKey(
                        "Open a run folder", () -> true, () -> w.files().chooseRunFolder()),
                Action.withoutKey("Go to the sweeps", () -> true, new SweepWishes(w)::showSweeps),
                Action.withoutKey(
                        "Copy the new sweep as JSON",
                        () -> w.sweeps().draft().fileProperty().get() != null,
                        () -> new SweepWishes(w).copy(w.sweeps().draft().fileProperty().get())),
                Action.withoutKey(
                        "Save the new sweep as a file",
                        () -> w.sweeps().draft().fileProperty().get() != null,
                        () -> new SweepWishes(w).save(w.sweeps().draft().fileProperty().get())),
                Action.withoutKey(
                        "Stop the sweep; asked twice, end at once",
                        () -> w.sweeps().runningProperty().get(),
                        w.sweeps()::stop),
                Action.withoutKey("Read the runs folder anew", here, runs::refresh),
                Action.withoutKey(
                        "Archive the selected runs, or bring them back",
                        some,
                        runs::archiveSelected),
                Action.withoutKey(
                        "Show or hide archived runs",
                        here,
                        () -> flip(runs.archivedShownProperty())),
                Action.withoutKey("Delete the selected runs", some, runs::deleteSelected),
                Action.withoutKey(
                        "Save the chart of the selected runs as a drawing (SVG)",
                        some,
                        w.runExports()::saveSvg),
                Action.withoutKey(
                        "Copy the chart of the selected runs", some, w.runExports()::copyPicture),
                Action.withoutKey(
                        "Save a table of the runs (Markdown)", here, w.runExports()::saveMarkdown),
                Action.withoutKey(
                        "Copy a table of the runs (Markdown)", here, w.runExports()::copyMarkdown),
                Action.withoutKey(
                        "Export the parameters of a step of the selected run",
                        () -> here.getAsBoolean() && w.replay().canExport(),
                        w.replay()::export));
    }

    private static void flip(BooleanProperty property) {
        property.set(!property.get());
    }
}
