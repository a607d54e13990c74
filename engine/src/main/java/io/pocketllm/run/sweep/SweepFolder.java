package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFileTree;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunOverview;
import io.pocketllm.run.StrictJson;
import io.pocketllm.run.StrictObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a sweep leaves behind: {@code sweep.json} and a run folder for each combination. Where the
 * sweep stands is told by the run folders alone, so that those of several computers can be copied
 * into one.
 *
 * @param path the folder
 * @param file its sweep file
 */
public record SweepFolder(Path path, SweepFile file) {

    /** The sweep file inside. */
    public static final String SWEEP_FILE = "sweep.json";

    /** Which part of the sweep this folder's computer does; missing where it does all. */
    private static final String STATE_FILE = "sweep-state.json";

    /** In the folder of a run that is not run. */
    private static final String SKIPPED_FILE = "skipped.json";

    /** In the folder of a run that the stopping rule asked to stop. */
    private static final String STOPPED_FILE = "stopped-early.json";

    /**
     * A new folder with the sweep file in it.
     *
     * @param out a folder that is empty or not there yet; null for a new one under {@code runs}
     */
    static SweepFolder create(SweepFile file, Path out, Path runs, Shard shard)
            throws IOException, RunFileException {
        RunFolder made =
                out == null ? RunFolder.create(runs, file.spec().name()) : RunFolder.at(out);
        SweepFolder folder = new SweepFolder(made.path(), file);
        folder.write(shard);
        write(folder.path.resolve(SWEEP_FILE), file.toJson());
        return folder;
    }

    /**
     * The folder of a sweep that has begun.
     *
     * @throws RunFileException where it is none, or holds runs of another sweep
     */
    public static SweepFolder existing(Path path) throws RunFileException {
        Path absolute = path.toAbsolutePath().normalize();
        Path sweep = absolute.resolve(SWEEP_FILE);
        if (!Files.isRegularFile(sweep)) {
            throw new RunFileException(
                    path.toString(),
                    "",
                    Files.exists(path)
                            ? "is no sweep folder: there is no sweep.json in it"
                            : "there is no such folder",
                    "Name the folder that \"pocketllm sweep\" printed at its end.");
        }
        SweepFolder folder = new SweepFolder(absolute, SweepFile.read(sweep));
        for (Combination combination : folder.file.combinations()) {
            folder.requireSame(combination);
        }
        return folder;
    }

    /** The run folder of a combination, there or not. */
    public RunFolder run(Combination combination) {
        return new RunFolder(path.resolve(combination.folderName()));
    }

    /** Where the run of a combination stands. */
    public RunState state(Combination combination) {
        RunFolder run = run(combination);
        if (Files.isRegularFile(run.path().resolve(SKIPPED_FILE))) {
            return RunState.SKIPPED;
        }
        return Files.isRegularFile(run.runFile())
                ? state(run, RunOverview.read(run.path()).end())
                : RunState.WAITING;
    }

    /**
     * @param end the run's last event, or null
     */
    static RunState state(RunFolder run, Event end) {
        return switch (end) {
            case Event.Finished e when !e.stopped() -> RunState.FINISHED;
            case Event.Finished e ->
                    Files.isRegularFile(run.path().resolve(STOPPED_FILE))
                            ? RunState.STOPPED_EARLY
                            : RunState.INTERRUPTED;
            case Event.Diverged e -> RunState.DIVERGED;
            case Event.Killed e -> RunState.KILLED;
            case Event.Failed e -> RunState.FAILED;
            case null, default -> RunState.INTERRUPTED;
        };
    }

    /** Why the run of a combination stands there; empty where nothing is to be said. */
    String why(Combination combination, RunState state, Event end) {
        String note = state == RunState.SKIPPED ? SKIPPED_FILE : STOPPED_FILE;
        return RunReason.of(state, run(combination).path().resolve(note), end);
    }

    /** The part of the sweep that this folder's computer does. */
    public Shard shard() throws RunFileException {
        Path state = path.resolve(STATE_FILE);
        if (!Files.isRegularFile(state)) {
            return Shard.WHOLE;
        }
        StrictJson kind = new StrictJson("sweep state file", "Start a new sweep.");
        StrictObject root =
                new StrictObject(
                        kind.kind(),
                        state.toString(),
                        "",
                        kind.object(state.toString(), kind.text(state)));
        root.integer("version", null, 1, 1);
        Shard shard = Shard.parse(state + ": shard", root.text("shard", null));
        root.done();
        return shard;
    }

    void write(Shard shard) throws IOException {
        if (shard.equals(Shard.WHOLE)) {
            Files.deleteIfExists(path.resolve(STATE_FILE));
            return;
        }
        ObjectNode state = new JsonMapper().createObjectNode();
        state.put("version", 1);
        state.put("shard", shard.toString());
        write(path.resolve(STATE_FILE), StrictJson.print(state));
    }

    /** Notes that a combination is left out. */
    void skip(Combination combination, TooLarge why) throws IOException {
        ObjectNode note = new JsonMapper().createObjectNode();
        note.put("plannedBytes", why.plannedBytes());
        note.put("budgetBytes", why.budgetBytes());
        note.put("device", why.device());
        Path folder = Files.createDirectories(run(combination).path());
        write(folder.resolve(SKIPPED_FILE), StrictJson.print(note));
    }

    /** Notes that the rule stops a run; before it is told to, so that no stop goes unexplained. */
    void stoppedEarly(Combination combination, int step, double loss, double median)
            throws IOException {
        ObjectNode note = new JsonMapper().createObjectNode();
        note.put("rule", "median");
        note.put("step", step);
        note.put("bestLoss", Double.isFinite(loss) ? loss : null);
        note.put("medianOfMeans", median);
        write(run(combination).path().resolve(STOPPED_FILE), StrictJson.print(note));
    }

    /** Takes back the notes of a run that goes on. */
    void forgetNotes(Combination combination) throws IOException {
        Files.deleteIfExists(run(combination).path().resolve(SKIPPED_FILE));
        Files.deleteIfExists(run(combination).path().resolve(STOPPED_FILE));
    }

    /** Whether a run has taken steps that it can go on from. */
    boolean hasTrajectory(Combination combination) throws IOException {
        Path trajectory = run(combination).trajectory();
        return Files.isRegularFile(trajectory) && Files.size(trajectory) > 0;
    }

    /** Removes what a run left that ended before its first step. */
    void clear(Combination combination) throws IOException {
        Path folder = run(combination).path();
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : deepestFirst) {
            Files.delete(entry);
        }
    }

    /** Results of another sweep must not be taken for this one's; paths may differ by computer. */
    private void requireSame(Combination combination) throws RunFileException {
        Path found = run(combination).runFile();
        if (!Files.isRegularFile(found)) {
            return;
        }
        Optional<Map<String, String>> there = values(found);
        Map<String, String> expected = file.runFile(combination).values();
        if (there.isPresent() && !same(expected, there.get())) {
            throw new RunFileException(
                    found.toString(),
                    "",
                    "is not the run " + combination.describe() + " of sweep.json beside its folder",
                    "Put back what was changed, or start a new sweep.");
        }
    }

    /** Empty where the run ended before its file was whole: it begins again. */
    private static Optional<Map<String, String>> values(Path runFile) {
        try {
            return Optional.of(RunFile.read(runFile).values());
        } catch (RunFileException e) {
            return Optional.empty();
        }
    }

    private static boolean same(Map<String, String> expected, Map<String, String> found) {
        return without(expected).equals(without(found));
    }

    private static Map<String, String> without(Map<String, String> values) {
        values.keySet().removeAll(RunFileTree.PATH_KEYS);
        values.remove("name");
        return values;
    }

    /** Whole or not at all. */
    private static void write(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.writeString(partial, text);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
