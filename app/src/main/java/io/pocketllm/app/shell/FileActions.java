package io.pocketllm.app.shell;

import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.app.setup.DroppedPath;
import io.pocketllm.app.setup.RecentPaths;
import io.pocketllm.run.RunFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Run files, models, data and run folders: opened, dropped, saved, copied as a command. */
public final class FileActions {

    private final WorkbenchViewModel workbench;
    private final RecentPaths recentRuns;
    private final Exports exports;

    FileActions(WorkbenchViewModel workbench, RecentPaths recentRuns, Exports exports) {
        this.workbench = workbench;
        this.recentRuns = recentRuns;
        this.exports = exports;
    }

    /** Copies the run as a command for a terminal. */
    public void copyCommand() {
        if (lacksModel()) {
            return;
        }
        workbench.copy(workbench.setup().command(), "Command copied.");
    }

    /** A run whose model is known by its sizes alone would be written with another model's path. */
    private boolean lacksModel() {
        if (!workbench.model().hasFiles()) {
            workbench.tell("Choose the model folder of " + workbench.model().name() + " first.");
        }
        return !workbench.model().hasFiles();
    }

    /** Lets the person choose a run file. */
    public void chooseRunFile() {
        workbench.dialogs().openFile("Open a run file", FileKind.RUN).ifPresent(this::open);
    }

    /**
     * Opens a run file, a model or data that was chosen or dropped on the window. On the page of
     * all runs a run folder is listed there.
     */
    public void open(Path path) {
        if (workbench.placeProperty().get() == Place.RUNS
                && DroppedPath.of(path) != DroppedPath.MODEL) {
            workbench.runs().open(path);
            return;
        }
        if (workbench.state().isActive()) {
            workbench.tell("Stop the run before opening another file.");
            return;
        }
        switch (DroppedPath.of(path)) {
            case MODEL -> workbench.model().choose(path);
            case DATA -> workbench.setup().chooseData(path.toAbsolutePath().normalize().toString());
            case RUN -> {
                Path file = Files.isDirectory(path) ? path.resolve("run.json") : path;
                workbench.setup().open(file.toString());
                if (workbench.setup().problemProperty().get().isEmpty()) {
                    recentRuns.add(file.toAbsolutePath().normalize().toString());
                }
            }
            case UNKNOWN ->
                    workbench.tell(
                            path.getFileName()
                                    + " is no run file (.json), model (folder, .onnx) or data"
                                    + " (.tsv, .csv, .jsonl).");
        }
    }

    /** Lets the person save the run that is set up. */
    void save() {
        RunFile file = workbench.setup().fileProperty().get();
        if (file != null && !lacksModel()) {
            exports.runFile(file);
        }
    }

    /** Lets the person choose a run folder from elsewhere, and lists it. */
    void chooseRunFolder() {
        workbench
                .dialogs()
                .openFolder("Open a run folder, or a sweep's")
                .ifPresent(this::openInRuns);
    }

    private void openInRuns(Path path) {
        workbench.placeProperty().set(Place.RUNS);
        workbench.runs().open(path);
    }

    /** Sets up a run like that of a folder. */
    public void openAgain(Path folder) {
        workbench.placeProperty().set(Place.TRAIN);
        open(folder);
    }
}
