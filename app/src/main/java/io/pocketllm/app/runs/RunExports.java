package io.pocketllm.app.runs;

import io.pocketllm.app.chart.OverlayPicture;
import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.app.chart.RunTable;
import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.dialog.Dialogs.FileKind;
import io.pocketllm.app.dialog.SavedFile;
import io.pocketllm.app.text.Private;
import io.pocketllm.app.text.Versions;
import io.pocketllm.run.RunOverview;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;

/** Runs out of the window: as table, picture, drawing or words, to a file or the clipboard. */
public final class RunExports {

    private final RunsViewModel runs;
    private final Dialogs dialogs;
    private final ObservableValue<Palette> palette;
    private final Consumer<String> tell;

    /**
     * @param tell says something small to the person
     */
    public RunExports(
            RunsViewModel runs,
            Dialogs dialogs,
            ObservableValue<Palette> palette,
            Consumer<String> tell) {
        this.runs = runs;
        this.dialogs = dialogs;
        this.palette = palette;
        this.tell = tell;
    }

    /** The selected runs, or all that are listed where none is. */
    private List<RunRow> rows() {
        return List.copyOf(runs.selected().isEmpty() ? runs.shown() : runs.selected());
    }

    /** Saves every series of every run in one table, a row a step. */
    public void saveTable() {
        List<RunRow> rows = rows();
        save("Export all series of these runs", "runs.csv", FileKind.TABLE, f -> table(rows, f));
    }

    private static void table(List<RunRow> rows, Path file) throws IOException {
        try (Writer to = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writeTable(rows, to);
        }
    }

    /** Read anew: series that are shown belong to the window's thread. */
    static void writeTable(List<RunRow> rows, Writer to) throws IOException {
        Map<String, RunOverview> named = new LinkedHashMap<>();
        for (RunRow row : rows) {
            for (RunOverview run : row.runs()) {
                boolean taken = named.containsKey(run.name());
                named.put(taken ? run.folder().toString() : run.name(), run);
            }
        }
        RunTable.writeHead(to);
        for (Map.Entry<String, RunOverview> run : named.entrySet()) {
            RunSeries read = LoadedSeries.read(run.getValue().folder());
            RunTable.writeRun(run.getKey(), read, to);
        }
    }

    /** Saves the overlay as a PNG. */
    public void savePng() {
        OverlayPicture picture = picture();
        save("Save the chart", "runs.png", FileKind.PICTURE, picture::writePng);
    }

    /** Saves the overlay as an SVG. */
    public void saveSvg() {
        OverlayPicture picture = picture();
        save("Save the chart", "runs.svg", FileKind.DRAWING, picture::writeSvg);
    }

    private OverlayPicture picture() {
        return new OverlayPicture(
                runs.overlay().lines(), runs.overlay().view(), palette.getValue());
    }

    /** Puts the overlay on the clipboard. */
    public void copyPicture() {
        dialogs.copy(picture().image());
        tell.accept("Chart copied.");
    }

    /** Saves what differs and the results as a Markdown table. */
    public void saveMarkdown() {
        String text = markdown();
        save(
                "Save a table of these runs",
                "runs.md",
                FileKind.MARKDOWN,
                file -> Files.writeString(file, text, StandardCharsets.UTF_8));
    }

    /** Puts what differs and the results on the clipboard, as a Markdown table. */
    public void copyMarkdown() {
        dialogs.copy(markdown());
        tell.accept("Table copied.");
    }

    private String markdown() {
        return MarkdownTable.of(rows(), runs.baseline());
    }

    private void save(String title, String name, FileKind kind, SavedFile.Writing writing) {
        dialogs.saveFile(title, name, kind)
                .ifPresent(
                        file ->
                                runs.tasks()
                                        .run(
                                                () -> {
                                                    SavedFile.write(file, writing);
                                                    return file;
                                                },
                                                done ->
                                                        tell.accept(
                                                                "Saved "
                                                                        + done.getFileName()
                                                                        + "."),
                                                failure -> notSaved(file, failure)));
    }

    private void notSaved(Path file, Exception failure) {
        IOException fault =
                failure instanceof IOException io
                        ? io
                        : new IOException(failure.toString(), failure);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        dialogs.tell(
                SavedFile.problem(
                        file,
                        fault,
                        Private.hide(
                                SavedFile.title(file) + "\n\n" + trace + "\n" + Versions.text())));
    }
}
