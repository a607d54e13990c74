package io.pocketllm.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All runs under one folder: listing, notes, and deleting with a way back. A deleted run lies in
 * {@code .trash} until it is emptied.
 */
public final class RunLibrary {

    private final Path runs;
    private final Path trash;

    /**
     * @param runs the folder whose sub-folders are runs; need not be there yet
     */
    public RunLibrary(Path runs) {
        this.runs = runs.toAbsolutePath().normalize();
        this.trash = this.runs.resolve(".trash");
    }

    /**
     * Every folder with a run file in it, the newest first, also those inside the folder of a
     * sweep. One that is damaged is listed with its problem.
     */
    public List<RunOverview> list() throws IOException {
        List<RunOverview> found = new ArrayList<>();
        for (Path folder : foldersOf(runs)) {
            if (Files.isRegularFile(folder.resolve("run.json"))) {
                found.add(OverviewReader.read(folder, ""));
            } else if (SweepNames.isSweep(folder)) {
                String sweep = SweepNames.of(folder);
                for (Path run : foldersOf(folder)) {
                    if (Files.isRegularFile(run.resolve("run.json"))) {
                        found.add(OverviewReader.read(run, sweep));
                    }
                }
            }
        }
        return found;
    }

    /** By name, the last first; hidden ones left out. */
    private static List<Path> foldersOf(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
                for (Path entry : entries) {
                    if (!entry.getFileName().toString().startsWith(".")) {
                        folders.add(entry);
                    }
                }
            }
        }
        folders.sort(Comparator.comparing((Path p) -> p.getFileName().toString()).reversed());
        return folders;
    }

    /** Keeps what a person wrote about a run. */
    public void write(Path folder, RunNotes notes) throws IOException {
        notes.write(folder);
    }

    /**
     * Moves a run to the trash. A sweep that is resumed runs it again.
     *
     * @return where it lies now, for {@link #restore}
     */
    public Path delete(Path folder) throws IOException {
        Path run = folder.toAbsolutePath().normalize();
        boolean ofASweep =
                run.getParent() != null
                        && runs.equals(run.getParent().getParent())
                        && SweepNames.isSweep(run.getParent());
        if (!runs.equals(run.getParent()) && !ofASweep) {
            throw new IOException(folder + " is not among the runs of " + runs);
        }
        Files.createDirectories(trash);
        String name =
                ofASweep
                        ? run.getParent().getFileName() + "-" + run.getFileName()
                        : run.getFileName().toString();
        for (int n = 1; ; n++) {
            Path to = trash.resolve(n == 1 ? name : name + "-" + n);
            if (!Files.exists(to)) {
                Files.move(run, to);
                // Its age in the trash is what counts, not that of the run.
                Files.setLastModifiedTime(to, FileTime.from(Instant.now()));
                return to;
            }
        }
    }

    /**
     * Brings a deleted run back.
     *
     * @param trashed where {@link #delete} put it
     * @param folder where it was
     */
    public void restore(Path trashed, Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        Files.move(trashed, folder);
    }

    /**
     * Deletes for good what has been in the trash longer than {@code age}; links are removed, not
     * followed.
     *
     * @return how many runs that were
     */
    public int emptyTrash(Duration age) throws IOException {
        if (!Files.isDirectory(trash)) {
            return 0;
        }
        Instant before = Instant.now().minus(age);
        int emptied = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(trash)) {
            for (Path entry : entries) {
                if (!Files.getLastModifiedTime(entry).toInstant().isAfter(before)) {
                    deleteTree(entry);
                    emptied++;
                }
            }
        }
        return emptied;
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
