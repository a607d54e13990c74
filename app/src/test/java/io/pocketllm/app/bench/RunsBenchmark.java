package io.pocketllm.app.bench;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.runs.RunRow;
import io.pocketllm.app.shell.Place;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** The place of all runs over a folder of long ones: opening it, and sorting by each column. */
final class RunsBenchmark {

    /** Streams that differ; the folders are whole copies of them. */
    private static final int DIFFERENT = 20;

    private RunsBenchmark() {}

    /** Writes {@code runs} folders of {@code steps} steps, opens the window and measures. */
    static void run(Path home, int runs, int steps, PrintStream out) throws Exception {
        long bytes = write(home, runs, steps);
        out.printf("runs: %d folders of %,d steps, %.0f MB%n", runs, steps, bytes / 1e6);
        try (BenchWindow window = new BenchWindow(home)) {
            FrameMeter meter = window.onScreen(FrameMeter::new);
            for (String time : List.of("first", "second")) {
                out.printf("  opened for the %s time: %s%n", time, open(window, runs, meter));
            }
            @SuppressWarnings("unchecked")
            TableView<RunRow> table = (TableView<RunRow>) window.scene().lookup("#runs-table");
            for (TableColumn<RunRow, ?> column : List.copyOf(table.getColumns())) {
                out.printf(
                        "  sorted by %s: %.0f ms%n", column.getText(), sort(window, table, column));
            }
            out.printf("  one run selected: its line after %.0f ms%n", select(window));
        }
    }

    private static String open(BenchWindow window, int runs, FrameMeter meter) throws Exception {
        go(window, Place.TRAIN);
        window.onScreen(
                () -> {
                    window.workbench().runs().rows().clear();
                    meter.begin();
                    return null;
                });
        long start = System.nanoTime();
        go(window, Place.RUNS);
        while (window.onScreen(() -> window.workbench().runs().rows().size()) < runs) {
            window.awaitFrames();
        }
        window.awaitFrames();
        double millis = millisSince(start);
        return "%.0f ms until drawn; ".formatted(millis) + window.onScreen(meter::end).text();
    }

    private static void go(BenchWindow window, Place place) throws Exception {
        window.onScreen(
                () -> {
                    window.workbench().placeProperty().set(place);
                    return null;
                });
        window.awaitFrames();
    }

    private static double sort(
            BenchWindow window, TableView<RunRow> table, TableColumn<RunRow, ?> column)
            throws Exception {
        long start = System.nanoTime();
        window.onScreen(() -> table.getSortOrder().setAll(List.of(column)));
        window.awaitFrames();
        return millisSince(start);
    }

    private static double select(BenchWindow window) throws Exception {
        var runs = window.workbench().runs();
        long start = System.nanoTime();
        window.onScreen(
                () -> {
                    runs.select(List.of(runs.rows().getFirst()));
                    return null;
                });
        while (window.onScreen(() -> runs.overlay().lines().isEmpty())) {
            window.awaitFrames();
        }
        window.awaitFrames();
        return millisSince(start);
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    /**
     * @return size of all streams of events
     */
    private static long write(Path home, int runs, int steps) throws Exception {
        List<Path> different = new ArrayList<>();
        SampleRuns.End[] ends = SampleRuns.End.values();
        for (int i = 0; i < Math.min(runs, DIFFERENT); i++) {
            different.add(
                    SampleRuns.write(
                            home.resolve("different"),
                            i + 1,
                            "stream-" + i,
                            steps,
                            steps / (2.0 + i),
                            // Three of four went to their last step.
                            i % 4 == 0 ? ends[i / 4 % ends.length] : SampleRuns.End.FINISHED));
        }
        long bytes = 0;
        for (int i = 0; i < runs; i++) {
            bytes += copy(different.get(i % different.size()), home.resolve("runs"), i, steps);
        }
        return bytes;
    }

    private static long copy(Path from, Path runs, int number, int steps) throws Exception {
        Path to = Files.createDirectories(runs.resolve("2026-01-01-%06d-run".formatted(number)));
        for (String file : List.of("events.ndjson", "summary.json")) {
            if (Files.exists(from.resolve(file))) {
                Files.copy(from.resolve(file), to.resolve(file));
            }
        }
        Map<String, String> changes =
                Map.of(
                        "name", "run-" + number * 7919 % 1000,
                        "method.learningRate", "0.00" + (1 + number % 97),
                        "training.steps", "" + steps);
        Files.writeString(to.resolve("run.json"), Sample.file().with(changes).toJson());
        return Files.size(to.resolve("events.ndjson"));
    }
}
