package io.pocketllm.device;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Typed reading of one JSON object whose fields look like {@code "key": {"value": ..., "source":
 * "..."}}. Knows its own path, so that every refusal names the key; collects the sources. Call
 * {@link #refuseUnknownKeys} last.
 */
final class SourcedObject {

    private static final int LONGEST_TEXT = 2000;
    private static final String TEXT =
            "one line of text in quotes, not blank, 2000 characters at most";

    private final String file;
    private final String path;
    private final JsonNode node;
    private final Map<String, String> sources;
    private final Set<String> known = new LinkedHashSet<>();

    SourcedObject(String file, String path, JsonNode node, Map<String, String> sources)
            throws DeviceProfileException {
        this.file = file;
        this.path = path;
        this.node = node;
        this.sources = sources;
        if (!node.isObject()) {
            throw refuse("", "is " + shown(node), "Allowed: an object in braces, { ... }.");
        }
    }

    /** A key that may be there and is not read. */
    void ignore(String key) {
        known.add(key);
    }

    /** Whether a key that may be left out is there. */
    boolean has(String key) {
        known.add(key);
        return node.has(key);
    }

    /** The value of a field without a source, which must be there. */
    JsonNode plain(String key) throws DeviceProfileException {
        known.add(key);
        JsonNode found = node.get(key);
        if (found == null || found.isNull()) {
            throw refuse(
                    key,
                    "is missing",
                    "Add it; docs/devices.md says what each key means, and a profile that comes with"
                            + " the workbench is the best start.");
        }
        return found;
    }

    String plainText(String key) throws DeviceProfileException {
        return textOf(key, plain(key));
    }

    String text(String key) throws DeviceProfileException {
        return textOf(key + ".value", value(key));
    }

    /** A list of texts, which may be empty. */
    List<String> texts(String key) throws DeviceProfileException {
        JsonNode list = value(key);
        if (!list.isArray() || list.size() > 32) {
            throw refuse(
                    key + ".value",
                    "is " + shown(list),
                    "Allowed: a list of at most 32 texts, such as [\"CPH2251\"].");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            texts.add(textOf(key + ".value[" + i + "]", list.get(i)));
        }
        return texts;
    }

    boolean bool(String key) throws DeviceProfileException {
        JsonNode found = value(key);
        if (!found.isBoolean()) {
            throw refuse(key + ".value", "is " + shown(found), "Allowed: true or false.");
        }
        return found.booleanValue();
    }

    long integer(ProfileLimits limits) throws DeviceProfileException {
        JsonNode found = value(limits.key);
        if (!found.isIntegralNumber()
                || !found.canConvertToLong()
                || !limits.allows(found.longValue())) {
            throw refuse(
                    limits.key + ".value",
                    "is " + shown(found),
                    "Allowed: a whole number from %d to %d. %s"
                            .formatted(limits.min, limits.max, limits.hint));
        }
        return found.longValue();
    }

    double decimal(DecimalLimits limits) throws DeviceProfileException {
        return decimalOf(limits.key + ".value", value(limits.key), limits);
    }

    /** A number that stands for itself, without a source of its own. */
    double plainDecimal(DecimalLimits limits) throws DeviceProfileException {
        return decimalOf(limits.key, plain(limits.key), limits);
    }

    /** A list whose entries are objects; the list as a whole has one source. */
    List<SourcedObject> objects(String key, int most) throws DeviceProfileException {
        JsonNode list = value(key);
        if (!list.isArray() || list.size() > most) {
            throw refuse(
                    key + ".value",
                    "is " + shown(list),
                    "Allowed: a list of at most " + most + " objects in braces.");
        }
        List<SourcedObject> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = (path.isEmpty() ? key : path + "." + key) + ".value[" + i + "]";
            objects.add(new SourcedObject(file, at, list.get(i), sources));
        }
        return objects;
    }

    /** An object in a field of its own, whose fields have their sources. */
    SourcedObject object(String key) throws DeviceProfileException {
        return new SourcedObject(
                file, path.isEmpty() ? key : path + "." + key, plain(key), sources);
    }

    private double decimalOf(String key, JsonNode found, DecimalLimits limits)
            throws DeviceProfileException {
        if (!found.isNumber() || !limits.allows(found.doubleValue())) {
            throw refuse(
                    key,
                    "is " + shown(found),
                    "Allowed: a number from %s to %s. %s"
                            .formatted(
                                    DecimalLimits.shown(limits.min),
                                    DecimalLimits.shown(limits.max),
                                    limits.hint));
        }
        return found.doubleValue();
    }

    void refuseUnknownKeys() throws DeviceProfileException {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw refuse(
                        clip(field.getKey()),
                        "is not a key of a device profile",
                        SimilarWord.question(field.getKey(), known)
                                + "Allowed here: "
                                + String.join(", ", known)
                                + ".");
            }
        }
    }

    DeviceProfileException refuse(String key, String problem, String hint) {
        String dot = path.isEmpty() || key.isEmpty() ? "" : ".";
        return new DeviceProfileException(file, path + dot + key, problem, hint);
    }

    /** The value of a field with a source; remembers the source. */
    private JsonNode value(String key) throws DeviceProfileException {
        String full = path.isEmpty() ? key : path + "." + key;
        JsonNode pair = plain(key);
        if (!pair.isObject()) {
            throw refuse(
                    key,
                    "is " + shown(pair),
                    "Allowed: a value and its source, {\"value\": ..., \"source\": \"...\"}. Write"
                            + " \"from memory\" where nothing better is known.");
        }
        SourcedObject both = new SourcedObject(file, full, pair, sources);
        JsonNode value = both.plain("value");
        sources.put(full, both.plainText("source"));
        both.refuseUnknownKeys();
        return value;
    }

    private String textOf(String key, JsonNode found) throws DeviceProfileException {
        String text = found.textValue();
        if (text == null
                || text.isBlank()
                || text.length() > LONGEST_TEXT
                || text.chars().anyMatch(Character::isISOControl)) {
            throw refuse(key, "is " + shown(found), "Allowed: " + TEXT + ".");
        }
        return text;
    }

    private static String shown(JsonNode found) {
        return clip(found.toString());
    }

    /** At most 60 characters, without control characters: messages go to terminals. */
    private static String clip(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 60 ? clean.substring(0, 57) + "..." : clean;
    }
}
