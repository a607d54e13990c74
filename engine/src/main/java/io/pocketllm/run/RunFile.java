package io.pocketllm.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run file: the JSON text, where it came from, and what it says once checked.
 *
 * <p>Immutable. {@link #with} gives a changed copy and checks it again, which is how {@code --set},
 * {@code --steps} and the window's fields all work.
 */
public final class RunFile {

    private static final long MAX_BYTES = 1 << 20;

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build();

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
        String text;
        try {
            if (Files.isDirectory(path)) {
                throw new RunFileException(
                        path.toString(),
                        "",
                        "is a folder, not a run file",
                        "Name the run.json inside it.");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new RunFileException(
                        path.toString(),
                        "",
                        "is larger than 1 MiB, so it is no run file",
                        "Pass a JSON run file; the data and the model are named inside it.");
            }
            text = Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new RunFileException(
                    path.toString(),
                    "",
                    "there is no such file",
                    "Check the path, or start from a ready-made one: pocketllm train sample:inbox-nurse");
        } catch (IOException e) {
            throw new RunFileException(
                    path.toString(),
                    "",
                    "cannot be read (" + e.getMessage() + ")",
                    "Check that it is a UTF-8 text file you may read.");
        }
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
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null
                            ? ""
                            : " at line "
                                    + e.getLocation().getLineNr()
                                    + ", column "
                                    + e.getLocation().getColumnNr();
            throw new RunFileException(
                    source,
                    "",
                    "is not valid JSON" + where + ": " + e.getOriginalMessage(),
                    "Mend that place.");
        }
        if (node == null || !node.isObject()) {
            throw new RunFileException(
                    source,
                    "",
                    "holds no JSON object",
                    "A run file is an object: { \"version\": 1, ... }");
        }
        return new RunFile(source, folder, (ObjectNode) node);
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
            set(copy, change.getKey(), change.getValue());
        }
        return new RunFile(source, folder, copy);
    }

    private void set(ObjectNode root, String key, String value) throws RunFileException {
        String[] parts = key.split("\\.", -1);
        ObjectNode at = root;
        for (int i = 0; i + 1 < parts.length; i++) {
            JsonNode next = at.get(parts[i]);
            if (next == null || next.isNull()) {
                next = at.putObject(parts[i]);
            }
            if (!next.isObject()) {
                throw new RunFileException(
                        source,
                        key,
                        "\"" + parts[i] + "\" holds no further keys",
                        "Check the key's spelling.");
            }
            at = (ObjectNode) next;
        }
        String last = parts[parts.length - 1];
        if (value.equals("null")) {
            at.remove(last);
        } else {
            at.set(last, literal(value));
        }
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
        try {
            return folder.resolve(path);
        } catch (java.nio.file.InvalidPathException e) {
            throw new RunFileException(
                    source, key, "\"" + path + "\" is no path", "Name a file or a folder.");
        }
    }

    /** The file's text, indented, with every override in it. */
    public String toJson() {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree always prints", e);
        }
    }

    /**
     * Every value in the file by its dotted key, in the file's order; a list is one value. To see
     * where two runs differ.
     */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        collect("", json, values);
        return values;
    }

    private static void collect(String key, JsonNode node, Map<String, String> values) {
        if (!node.isObject()) {
            values.put(key, node.isValueNode() ? node.asText() : node.toString());
            return;
        }
        node.properties()
                .forEach(
                        child ->
                                collect(
                                        key.isEmpty() ? child.getKey() : key + "." + child.getKey(),
                                        child.getValue(),
                                        values));
    }

    /**
     * A copy whose relative paths are made absolute, so that it means the same in any folder. Run
     * folders keep this one.
     */
    public RunFile absolute() throws RunFileException {
        RunFile file = this;
        for (Map.Entry<String, String> named : namedFiles().entrySet()) {
            if (!named.getValue().startsWith("builtin:")) {
                Path path = resolve(named.getKey(), named.getValue());
                file = file.with(named.getKey(), path.toString());
            }
        }
        String profile = spec.device().profile();
        return RunInputs.isProfileFile(profile)
                ? file.with("device.profile", resolve("device.profile", profile).toString())
                : file;
    }

    /** Key to the path it names. */
    private Map<String, String> namedFiles() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("model.path", spec.model().path());
        if (spec.data().path() != null) {
            named.put("data.path", spec.data().path());
            return named;
        }
        named.put("data.files.train", spec.data().files().train());
        named.put("data.files.validation", spec.data().files().validation());
        if (spec.data().files().test() != null) {
            named.put("data.files.test", spec.data().files().test());
        }
        return named;
    }
}
