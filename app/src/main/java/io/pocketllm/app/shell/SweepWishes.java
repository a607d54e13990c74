package io.pocketllm.app.shell;

import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.app.sweep.SweepPage;
import io.pocketllm.run.sweep.SweepFile;

/** What the page of sweeps asks of the window, and what the window asks about them. */
record SweepWishes(WorkbenchViewModel workbench) implements SweepPage.Wishes {

    @Override
    public void showRuns() {
        workbench.sweeps().shownProperty().set(false);
        workbench.runs().refresh();
    }

    @Override
    public void openFolder() {
        workbench
                .dialogs()
                .openFolder("Open the folder of a sweep")
                .ifPresent(workbench.sweeps()::open);
    }

    @Override
    public void openFile() {
        workbench
                .dialogs()
                .openFile("Open a sweep file", FileKind.SWEEP)
                .ifPresent(workbench.sweeps()::open);
    }

    @Override
    public void copy(SweepFile file) {
        workbench.dialogs().copy(file.toJson());
        workbench.sweeps().draft().tell("Copied as JSON.");
    }

    @Override
    public void save(SweepFile file) {
        workbench
                .dialogs()
                .saveFile("Save the sweep file", "sweep.json", FileKind.SWEEP)
                .ifPresent(workbench.sweeps().draft()::save);
    }

    /** Shows the sweeps; a new one is over the run that is set up. */
    void showSweeps() {
        workbench.sweeps().draft().base(workbench.setup().fileProperty().get());
        workbench.sweeps().shownProperty().set(true);
        workbench.placeProperty().set(Place.RUNS);
    }

    /** Whether the window may close: no sweep goes on, or the person agrees. */
    boolean mayClose() {
        return !workbench.sweeps().runningProperty().get()
                || workbench
                        .dialogs()
                        .confirm(
                                "Stop the sweep and close?",
                                "Its run finishes this step and is saved. Go on takes up what is"
                                        + " missing.",
                                "Stop and close",
                                "Keep running");
    }
}
