package io.pocketllm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run file's JSON by dotted keys, before anything is known about what it says. */
public final class RunFileTree {

    /** Keys whose text names a file or a folder. */
    public static final List<String> PATH_KEYS =
            List.of(
                    "model.path",
                    "data.path",
                    "data.files.train",
                    "data.files.validation",
                    "data.files.test",
                    "device.profile");

    /** No key of a run file is nearly so deep; printing a tree recurses. */
    private static final int MOST_PARTS = 16;

    private RunFileTree() {}

    /**
     * Puts a value in place.
     *
     * @param source the file's name in messages
     * @param key dotted path such as {@code method.learningRate}
     * @param value the value; JSON's null takes the key out
     * @throws RunFileException where the path leads through something that is no object
     */
    public static void set(String source, ObjectNode root, String key, JsonNode value)
            throws RunFileException {
        String[] parts = key.split("\\.", -1);
        if (parts.length > MOST_PARTS) {
            throw new RunFileException(
                    source, key, "is not a key of a run file", "Check the key's spelling.");
        }
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
        if (value.isNull()) {
            at.remove(last);
        } else {
            at.set(last, value);
        }
    }

    /** Every value by its dotted key, in the file's order; a list is one value. */
    public static Map<String, String> values(ObjectNode root) {
        Map<String, String> values = new LinkedHashMap<>();
        collect("", root, values);
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
     * Makes every relative path absolute, so that the file means the same in any folder.
     *
     * @param folder where relative paths start
     */
    public static void makeAbsolute(String source, ObjectNode root, Path folder)
            throws RunFileException {
        for (String key : PATH_KEYS) {
            JsonNode found = root.at("/" + key.replace('.', '/'));
            if (found.isTextual() && namesAFile(key, found.textValue())) {
                Path path = resolve(source, folder, key, found.textValue());
                set(source, root, key, root.textNode(path.toString()));
            }
        }
    }

    private static boolean namesAFile(String key, String text) {
        return key.equals("device.profile")
                ? RunInputs.isProfileFile(text)
                : !text.startsWith("builtin:");
    }

    static Path resolve(String source, Path folder, String key, String path)
            throws RunFileException {
        try {
            return folder.resolve(path);
        } catch (InvalidPathException e) {
            throw new RunFileException(
                    source, key, "\"" + path + "\" is no path", "Name a file or a folder.");
        }
    }
}
