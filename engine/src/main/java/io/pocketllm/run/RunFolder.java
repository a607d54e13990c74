package io.pocketllm.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * What a run leaves behind: {@code run.json}, {@code events.ndjson}, {@code trajectory.zot}, {@code
 * checkpoint/}, {@code summary.json}.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    /**
     * Makes a new folder under {@code runs}, named after the time and the run; never one that was
     * there.
     */
    public static RunFolder create(Path runs, String runName) throws IOException {
        String slug =
                runName.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        String base = STAMP.format(LocalDateTime.now()) + "-" + (slug.isEmpty() ? "run" : slug);
        Files.createDirectories(runs);
        for (int n = 1; ; n++) {
            Path candidate = runs.resolve(n == 1 ? base : base + "-" + n);
            try {
                return new RunFolder(Files.createDirectory(candidate));
            } catch (FileAlreadyExistsException e) {
                // Two runs in one second: the next number.
            }
        }
    }

    /**
     * A folder of the caller's choice, made where it is not there.
     *
     * @throws RunFileException where it holds something already, so that nothing is lost
     */
    public static RunFolder at(Path folder) throws IOException, RunFileException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new RunFileException(
                    folder.toString(),
                    "",
                    "is a file, not a folder",
                    "Name a new folder for the run.");
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new RunFileException(
                        folder.toString(),
                        "",
                        "is not empty",
                        "Name a new folder for the run, so that nothing is lost.");
            }
        }
        return new RunFolder(folder.toAbsolutePath().normalize());
    }

    /**
     * The folder of a run that has begun.
     *
     * @throws RunFileException where it is none
     */
    public static RunFolder existing(Path folder) throws RunFileException {
        RunFolder run = new RunFolder(folder.toAbsolutePath().normalize());
        if (!Files.isRegularFile(run.runFile())) {
            throw new RunFileException(
                    folder.toString(),
                    "",
                    Files.exists(folder)
                            ? "is no run folder: there is no run.json in it"
                            : "there is no such folder",
                    "Name the folder that \"pocketllm train\" printed at its end.");
        }
        return run;
    }

    /** Every whole event of the run so far, in order; a torn last line is left out. */
    public List<Event> readEvents() throws IOException {
        return EventLog.read(events());
    }

    /** The run file as it was run, paths made absolute. */
    public Path runFile() {
        return path.resolve("run.json");
    }

    /** Every event, one JSON object a line. */
    public Path events() {
        return path.resolve("events.ndjson");
    }

    /** Seed, slopes and step sizes: enough to rebuild the weights. */
    public Path trajectory() {
        return path.resolve("trajectory.zot");
    }

    /** What the method trains as it was before the first step, where that is small. */
    public Path start() {
        return path.resolve("start.safetensors");
    }

    /** What the method trains, as safetensors. */
    public Path checkpoint() {
        return path.resolve("checkpoint");
    }

    /** The last event's figures. */
    public Path summary() {
        return path.resolve("summary.json");
    }

    void writeRunFile(RunFile file) throws IOException {
        Files.writeString(runFile(), file.toJson(), StandardCharsets.UTF_8);
    }
}
