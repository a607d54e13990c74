package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.device.SimilarWord;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFileTree;
import io.pocketllm.run.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A sweep file: JSON of at most 1 MiB, see {@code docs/sweeps.md}. Once read, every combination has
 * been checked as a run file.
 *
 * <p>Immutable. Its paths are absolute and its base is inside it, so that its text means the same
 * in any folder.
 */
public final class SweepFile {

    private static final StrictJson SWEEP_FILE =
            new StrictJson(
                    "sweep file",
                    "Check the path, or start from a ready-made one: pocketllm sweep sample:sweep-head");

    private static final String SAMPLE = "sample:";
    private static final String SAMPLE_FOLDER = "/io/pocketllm/sample-data/sweeps/";
    private static final String STEPS = "training.steps";

    private final String source;
    private final ObjectNode json;
    private final ObjectNode base;
    private final SweepSpec spec;
    private final List<Combination> combinations;

    private SweepFile(String source, Path folder, ObjectNode json) throws RunFileException {
        this.source = source;
        this.json = json;
        DrawnText.spellOut(source, json);
        makeParametersAbsolute(source, folder, json);
        this.spec = SweepSpecReader.read(source, json);
        this.base = BaseRun.read(source, folder, json.get(SweepSpecReader.BASE));
        json.set(SweepSpecReader.BASE, base);
        this.combinations = Expansion.of(source, spec);
        for (Combination combination : combinations) {
            runFile(combination);
        }
    }

    /** Ids of the ready-made sweep files. */
    public static List<String> samples() {
        return List.of("sweep-head");
    }

    /** A sweep file by its path, or by {@code sample:ID}. */
    public static SweepFile open(String pathOrSample) throws RunFileException {
        if (pathOrSample.startsWith(SAMPLE)) {
            return sample(pathOrSample.substring(SAMPLE.length()));
        }
        try {
            return read(Path.of(pathOrSample));
        } catch (InvalidPathException e) {
            throw new RunFileException(pathOrSample, "", "is no path", "Name a sweep.json file.");
        }
    }

    private static SweepFile sample(String id) throws RunFileException {
        String source = SAMPLE + id;
        if (!samples().contains(id)) {
            throw new RunFileException(
                    source,
                    "",
                    "there is no such ready-made sweep",
                    SimilarWord.question(id, samples())
                            + "There is: "
                            + String.join(", ", samples())
                            + ".");
        }
        try (InputStream stream =
                SweepFile.class.getResourceAsStream(SAMPLE_FOLDER + id + ".json")) {
            if (stream == null) {
                throw new RunFileException(
                        source,
                        "",
                        "is not part of this installation",
                        "Install the sample data too.");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return parse(source, Path.of("").toAbsolutePath(), text);
        } catch (IOException e) {
            throw new RunFileException(source, "", "cannot be read", "Install the program again.");
        }
    }

    /**
     * Reads and checks a file.
     *
     * @throws RunFileException naming the file and the key, or the combination and the run file's
     *     key, where it cannot be used
     */
    public static SweepFile read(Path path) throws RunFileException {
        String text = SWEEP_FILE.text(path);
        return parse(path.toString(), path.toAbsolutePath().normalize().getParent(), text);
    }

    /**
     * Checks a sweep file given as text.
     *
     * @param source its name in messages
     * @param folder relative paths inside it start here
     */
    public static SweepFile parse(String source, Path folder, String text) throws RunFileException {
        return new SweepFile(source, folder, SWEEP_FILE.object(source, text));
    }

    /** A copy whose runs all take so many steps. */
    public SweepFile withSteps(int steps) throws RunFileException {
        if (spec.parameters().stream().anyMatch(p -> p.key().equals(STEPS))) {
            throw new RunFileException(
                    source,
                    "parameters." + STEPS,
                    "is swept, so the command line cannot set it",
                    "Leave out --steps, or take the key out of the sweep file.");
        }
        ObjectNode copy = json.deepCopy();
        RunFileTree.set(
                source, (ObjectNode) copy.get(SweepSpecReader.BASE), STEPS, IntNode.valueOf(steps));
        return new SweepFile(source, Path.of("").toAbsolutePath(), copy);
    }

    /** A value of {@code model.path} and the like is a path of the sweep file's folder too. */
    private static void makeParametersAbsolute(String source, Path folder, ObjectNode json)
            throws RunFileException {
        if (!(json.get("parameters") instanceof ObjectNode parameters)) {
            return;
        }
        for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
            if (parameter.getValue() instanceof ArrayNode values) {
                for (int i = 0; i < values.size(); i++) {
                    String key = parameter.getKey();
                    ObjectNode tree = json.objectNode();
                    RunFileTree.set(source, tree, key, values.get(i));
                    RunFileTree.makeAbsolute(source, tree, folder);
                    JsonNode value = tree.at(pointer(key));
                    if (!value.isMissingNode()) {
                        values.set(i, value);
                    }
                }
            }
        }
    }

    private static String pointer(String key) {
        return "/" + key.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }

    /** The file's name in messages. */
    public String source() {
        return source;
    }

    /** What the file says, checked. */
    public SweepSpec spec() {
        return spec;
    }

    /** Every run of the sweep, in order. */
    public List<Combination> combinations() {
        return combinations;
    }

    /**
     * The run file of a combination; its messages name the combination.
     *
     * @throws RunFileException never for a combination of this file: it has been read before
     */
    public RunFile runFile(Combination combination) throws RunFileException {
        String settings = combination.describe();
        String where =
                source
                        + ": "
                        + combination.folderName()
                        + (settings.isEmpty() ? "" : " (" + settings + ")");
        ObjectNode tree = base.deepCopy();
        for (Map.Entry<String, JsonNode> setting : combination.settings().entrySet()) {
            RunFileTree.set(where, tree, setting.getKey(), setting.getValue().deepCopy());
        }
        tree.put("name", spec.name() + (settings.isEmpty() ? "" : ": " + settings));
        return RunFile.of(where, Path.of("").toAbsolutePath(), tree);
    }

    /** The file's text, indented: base inside, paths absolute. */
    public String toJson() {
        return StrictJson.print(json);
    }
}
