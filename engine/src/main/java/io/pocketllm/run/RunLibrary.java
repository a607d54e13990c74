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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * All runs under one folder: listing, notes, and deleting with a way back. A deleted run lies in
 * {@code .trash} until it is emptied.
 */
public final class RunLibrary {

    private final Path runs;
    private final Path trash;
    private final Path cache;

    /**
     * @param runs the folder whose sub-folders are runs; need not be there yet. The cache is beside
     *     it, as in one home folder
     */
    public RunLibrary(Path runs) {
        this(runs, runs.toAbsolutePath().normalize().resolveSibling("cache"));
    }

    /**
     * @param runs the folder whose sub-folders are runs; need not be there yet
     * @param cache where models are unpacked to
     */
    public RunLibrary(Path runs, Path cache) {
        this.runs = runs.toAbsolutePath().normalize();
        this.trash = this.runs.resolve(".trash");
        this.cache = cache;
    }

    /**
     * Rebuilds a run's parameters at one of its steps, see {@link Replay#upTo}.
     *
     * @param progress told each step; what it throws ends the replay
     */
    public Replay replay(Path folder, int step, IntConsumer progress)
            throws RunFileException, IOException {
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        return Replay.upTo(step, RunFolder.existing(folder), cache, threads, progress);
    }

    /**
     * Every run folder, the newest first, also those inside the folder of a sweep. One that is
     * damaged, or has lost its run file, is listed with its problem.
     */
    public List<RunOverview> list() throws IOException {
        return list(List.of());
    }

    /**
     * The same, with folders from elsewhere: of runs, or of sweeps.
     *
     * @param opened such folders; one that is no longer there is listed with that problem
     */
    public List<RunOverview> list(List<Path> opened) throws IOException {
        Map<Path, String> folders = new LinkedHashMap<>();
        for (Path folder : opened) {
            Path run = folder.toAbsolutePath().normalize();
            if (!holds(run)) {
                find(run, folders);
                folders.putIfAbsent(run, "");
                if (SweepNames.isSweep(run) && !isRun(run)) {
                    folders.remove(run);
                }
            }
        }
        for (Path folder : foldersOf(runs)) {
            find(folder, folders);
        }
        // Hundreds of small files: most of the time is waiting for the disk.
        return folders.entrySet().parallelStream()
                .map(found -> OverviewReader.read(found.getKey(), found.getValue()))
                .toList();
    }

    /** Whether a folder is one of this library's own runs, or of its sweeps'. */
    public boolean holds(Path folder) {
        Path run = folder.toAbsolutePath().normalize();
        Path parent = run.getParent();
        return parent != null
                && (runs.equals(parent)
                        || runs.equals(parent.getParent()) && SweepNames.isSweep(parent));
    }

    /**
     * Whether a folder is that of a run, whole or not, or of a sweep.
     *
     * @param folder need not be there
     */
    public static boolean isRunOrSweep(Path folder) {
        return isRun(folder) || SweepNames.isSweep(folder);
    }

    /** A run that lost its run file is still one. */
    private static boolean isRun(Path folder) {
        return Files.exists(folder.resolve("run.json"))
                || Files.exists(folder.resolve("events.ndjson"))
                || Files.exists(folder.resolve("trajectory.zot"));
    }

    private static void find(Path folder, Map<Path, String> found) {
        if (isRun(folder)) {
            found.put(folder, "");
        } else if (SweepNames.isSweep(folder)) {
            String sweep = SweepNames.of(folder);
            try {
                for (Path run : foldersOf(folder)) {
                    if (isRun(run)) {
                        found.put(run, sweep);
                    }
                }
            } catch (IOException e) {
                // A sweep that may not be looked into; the rest is listed.
                found.put(folder, sweep);
            }
        }
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
        if (!holds(run)) {
            throw new IOException(folder + " is not among the runs of " + runs);
        }
        Files.createDirectories(trash);
        String name =
                !runs.equals(run.getParent())
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
