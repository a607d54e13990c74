package io.pocketllm.app.shell;

import io.pocketllm.app.runs.RunRow;
import io.pocketllm.app.runs.RunsPage;

/** What the page of all runs asks of the window. */
record RunWishes(WorkbenchViewModel workbench) implements RunsPage.Wishes {

    @Override
    public void again(RunRow row) {
        workbench.files().openAgain(row.folder());
    }

    @Override
    public void openFolder() {
        workbench.files().chooseRunFolder();
    }

    @Override
    public void sweeps() {
        new SweepWishes(workbench).showSweeps();
    }

    @Override
    public void copyPath(RunRow row) {
        workbench.copy(row.folder().toString(), "Path of the run folder copied.");
    }
}
