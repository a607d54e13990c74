package io.pocketllm.app.shell;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.RunImage;
import io.pocketllm.app.chart.RunTable;
import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.app.dialog.Problem;
import io.pocketllm.app.dialog.SavedFile;
import io.pocketllm.app.train.ChartsViewModel;
import io.pocketllm.app.train.TrainViewModel;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Everything that is saved where a person says: run file, tables, picture. */
final class Exports {

    private final Dialogs dialogs;
    private final TrainViewModel train;
    private final ChartsViewModel charts;
    private final Consumer<String> tell;

    /**
     * @param tell says something small in the status bar
     */
    Exports(Dialogs dialogs, TrainViewModel train, ChartsViewModel charts, Consumer<String> tell) {
        this.dialogs = dialogs;
        this.train = train;
        this.charts = charts;
        this.tell = tell;
    }

    /** The run that is set up, its paths made absolute. */
    void runFile(RunFile file) {
        dialogs.saveFile("Save this run as a file", "run.json", FileKind.RUN)
                .ifPresent(
                        path -> save(path, to -> Files.writeString(to, absolute(file).toJson())));
    }

    private static RunFile absolute(RunFile file) throws IOException {
        try {
            return file.absolute();
        } catch (RunFileException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** All series of the run that is shown. */
    void table() {
        dialogs.saveFile("Export all series", "run.csv", FileKind.TABLE)
                .ifPresent(path -> save(path, this::writeTable));
    }

    private void writeTable(Path file) throws IOException {
        try (Writer to = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            RunTable.write(train.series(), to);
        }
    }

    /** Both charts as they are looked at now. */
    void picture(Palette palette) {
        dialogs.saveFile("Save the charts", RunImage.FILE_NAME, FileKind.PICTURE)
                .ifPresent(
                        path ->
                                save(
                                        path,
                                        to ->
                                                RunImage.write(
                                                        train.series(),
                                                        title(),
                                                        charts.state(),
                                                        palette,
                                                        to)));
    }

    private String title() {
        Event.Started started = train.figures().started();
        return started == null
                ? "Run"
                : started.runName() + " · " + started.modelName() + " · " + started.deviceName();
    }

    /** Puts both charts on the clipboard. */
    void copyPicture(Palette palette) {
        try {
            dialogs.copy(RunImage.draw(train.series(), title(), charts.state(), palette));
            tell.accept("Charts copied.");
        } catch (IOException e) {
            dialogs.tell(
                    new Problem(
                            "Not copied: the charts",
                            String.valueOf(e.getMessage()),
                            "The table of all series needs no fonts: Ctrl+E.",
                            train.report("Not copied: the charts", e)));
        }
    }

    /**
     * On the window's thread: the series belong to it, and a table of a long run takes some tenths
     * of a second.
     */
    private void save(Path path, SavedFile.Writing writing) {
        try {
            SavedFile.write(path, writing);
            tell.accept("Saved " + path.getFileName() + ".");
        } catch (IOException e) {
            String report = train.report(SavedFile.title(path), e);
            dialogs.tell(SavedFile.problem(path, e, report));
        }
    }
}
