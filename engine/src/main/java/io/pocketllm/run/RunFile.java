package io.pocketllm.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * A run file: the JSON text, where it came from, and what it says once checked.
 *
 * <p>Immutable. {@link #with} gives a changed copy and checks it again, which is how {@code --set},
 * {@code --steps} and the window's fields all work.
 */
public final class RunFile {

    static final JsonMapper MAPPER = StrictJson.MAPPER;

    private final String source;
    private final Path folder;
    private final ObjectNode json;
    private final RunSpec spec;

    private RunFile(String source, Path folder, ObjectNode json) throws RunFileException {
        this.source = source;
        this.folder = folder;
        this.json = json;
        this.spec = RunSpecReader.read(source, json);
    }

    /**
     * Reads and checks a file of at most 1 MiB.
     *
     * @throws RunFileException naming the file and the key where it cannot be used
     */
    public static RunFile read(Path path) throws RunFileException {
        String text = StrictJson.RUN_FILE.text(path);
        Path absolute = path.toAbsolutePath().normalize();
        return parse(path.toString(), absolute.getParent(), text);
    }

    /**
     * Checks a run file given as text.
     *
     * @param source its name in messages
     * @param folder relative paths inside it start here
     */
    public static RunFile parse(String source, Path folder, String text) throws RunFileException {
        return new RunFile(source, folder, StrictJson.RUN_FILE.object(source, text));
    }

    /**
     * Checks a run file given as a tree, which becomes its own.
     *
     * @param source its name in messages
     * @param folder relative paths inside it start here
     */
    public static RunFile of(String source, Path folder, ObjectNode json) throws RunFileException {
        return new RunFile(source, folder, json);
    }

    /**
     * A copy with one value changed.
     *
     * @param key dotted path such as {@code method.learningRate}
     * @param value the value as typed; read as a number, true or false where it is one, {@code
     *     null} to take the key out, else as text
     */
    public RunFile with(String key, String value) throws RunFileException {
        return with(Map.of(key, value));
    }

    /**
     * A copy with several values changed at once: only the result has to make sense, not each step
     * on the way.
     *
     * @param changes dotted path to value, as in {@link #with(String, String)}
     */
    public RunFile with(Map<String, String> changes) throws RunFileException {
        ObjectNode copy = json.deepCopy();
        for (Map.Entry<String, String> change : changes.entrySet()) {
            String value = change.getValue();
            RunFileTree.set(
                    source,
                    copy,
                    change.getKey(),
                    value.equals("null") ? json.nullNode() : literal(value));
        }
        return new RunFile(source, folder, copy);
    }

    private static JsonNode literal(String value) {
        try {
            JsonNode node = MAPPER.readTree(value);
            if (node != null && (node.isNumber() || node.isBoolean() || node.isContainerNode())) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Not JSON: plain text, as a person types it on a command line.
        }
        return MAPPER.getNodeFactory().textNode(value);
    }

    /** What the file says, checked. */
    public RunSpec spec() {
        return spec;
    }

    /** The file's name in messages. */
    public String source() {
        return source;
    }

    /**
     * A path named in the file, seen from the file's own folder.
     *
     * @throws RunFileException where the text is no path on this system
     */
    public Path resolve(String key, String path) throws RunFileException {
        return RunFileTree.resolve(source, folder, key, path);
    }

    /** The file's text, indented, with every override in it. */
    public String toJson() {
        return StrictJson.print(json);
    }

    /** A copy of the file's JSON, with every override in it. */
    public ObjectNode tree() {
        return json.deepCopy();
    }

    /** Where relative paths inside it start. */
    public Path folder() {
        return folder;
    }

    /**
     * Every value in the file by its dotted key, in the file's order; a list is one value. To see
     * where two runs differ.
     */
    public Map<String, String> values() {
        return RunFileTree.values(json);
    }

    /**
     * A copy whose relative paths are made absolute, so that it means the same in any folder. Run
     * folders keep this one.
     */
    public RunFile absolute() throws RunFileException {
        ObjectNode copy = json.deepCopy();
        RunFileTree.makeAbsolute(source, copy, folder);
        return new RunFile(source, folder, copy);
    }
}
