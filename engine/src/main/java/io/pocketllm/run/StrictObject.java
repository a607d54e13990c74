package io.pocketllm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.device.SimilarWord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Typed reading of one JSON object that knows its own path: every refusal names the key, what was
 * found and what is allowed. Call {@link #done} last; it refuses keys that nobody asked for.
 */
public final class StrictObject {

    private final String kind;
    private final String source;
    private final String path;
    private final ObjectNode node;
    private final Set<String> known = new LinkedHashSet<>();

    StrictObject(String source, String path, ObjectNode node) {
        this("run file", source, path, node);
    }

    /**
     * @param kind what the file is, for messages: "run file"
     * @param source its name in messages
     * @param path dotted path of the object; empty for the whole file
     * @param node the object
     */
    public StrictObject(String kind, String source, String path, ObjectNode node) {
        this.kind = kind;
        this.source = source;
        this.path = path;
        this.node = node;
    }

    /** The object as it stands in the file. */
    public ObjectNode node() {
        return node;
    }

    /** Whether the key is there and not null. */
    public boolean has(String key) {
        known.add(key);
        return node.hasNonNull(key);
    }

    /** An object that has to be there. */
    public StrictObject object(String key) throws RunFileException {
        if (!has(key)) {
            throw missing(key, "an object: \"" + key + "\": { ... }");
        }
        return child(key);
    }

    /** An object, an empty one where the key is not there. */
    public StrictObject optionalObject(String key) throws RunFileException {
        return has(key) ? child(key) : new StrictObject(kind, source, full(key), node.objectNode());
    }

    private StrictObject child(String key) throws RunFileException {
        JsonNode value = node.get(key);
        if (!value.isObject()) {
            throw wrongType(key, "an object in braces");
        }
        return new StrictObject(kind, source, full(key), (ObjectNode) value);
    }

    /** Text that is not blank; {@code fallback} null means the key must be there. */
    public String text(String key, String fallback) throws RunFileException {
        if (!has(key)) {
            if (fallback == null) {
                throw missing(key, "a text");
            }
            return fallback;
        }
        JsonNode value = node.get(key);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrongType(key, "a text in quotes that is not blank");
        }
        return value.textValue();
    }

    /** True or false. */
    public boolean bool(String key, boolean fallback) throws RunFileException {
        if (!has(key)) {
            return fallback;
        }
        if (!node.get(key).isBoolean()) {
            throw wrongType(key, "true or false");
        }
        return node.get(key).booleanValue();
    }

    /** A whole number; {@code fallback} null means the key must be there. */
    public int integer(String key, Integer fallback, int min, int max) throws RunFileException {
        return (int) longInteger(key, fallback == null ? null : (long) fallback, min, max);
    }

    /** A whole number; {@code fallback} null means the key must be there. */
    public long longInteger(String key, Long fallback, long min, long max) throws RunFileException {
        if (!has(key)) {
            if (fallback == null) {
                throw missing(key, "a whole number from " + min + " to " + max);
            }
            return fallback;
        }
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrongType(key, "a whole number from " + min + " to " + max);
        }
        if (value.longValue() < min || value.longValue() > max) {
            throw problem(
                    key, "is " + value, "Allowed: a whole number from " + min + " to " + max + ".");
        }
        return value.longValue();
    }

    /** A number; {@code fallback} null means the key must be there. */
    public double number(String key, Double fallback, double min, double max)
            throws RunFileException {
        if (!has(key)) {
            if (fallback == null) {
                throw missing(key, "a number from " + plain(min) + " to " + plain(max));
            }
            return fallback;
        }
        JsonNode value = node.get(key);
        if (!value.isNumber()) {
            throw wrongType(key, "a number from " + plain(min) + " to " + plain(max));
        }
        double number = value.doubleValue();
        if (!(number >= min && number <= max)) {
            throw problem(
                    key,
                    "is " + value,
                    "Allowed: a number from " + plain(min) + " to " + plain(max) + ".");
        }
        return number;
    }

    /** A bound as a person would write it: 0, 0.9, 1000000, 1E-12. */
    private static String plain(double bound) {
        BigDecimal exact = BigDecimal.valueOf(bound).stripTrailingZeros();
        boolean written = bound == 0 || Math.abs(bound) >= 1e-4 && Math.abs(bound) < 1e9;
        return written ? exact.toPlainString() : exact.toString();
    }

    /** One of the words; {@code fallback} null means the key must be there. */
    public String choice(String key, String fallback, String... allowed) throws RunFileException {
        String value = text(key, fallback);
        if (!Arrays.asList(allowed).contains(value)) {
            throw problem(
                    key, "is \"" + value + "\"", "Allowed: " + String.join(", ", allowed) + ".");
        }
        return value;
    }

    /** A constant by its word; {@code fallback} null means the key must be there. */
    public <E extends Enum<E>> E constant(String key, E fallback, E[] all, Function<E, String> name)
            throws RunFileException {
        String[] names = Arrays.stream(all).map(name).toArray(String[]::new);
        if (!has(key) && fallback == null) {
            throw missing(key, "one of " + String.join(", ", names));
        }
        String value = choice(key, fallback == null ? null : name.apply(fallback), names);
        return all[Arrays.asList(names).indexOf(value)];
    }

    /** Refuses the first key that nothing asked for. */
    public void done() throws RunFileException {
        for (String key : node.propertyStream().map(java.util.Map.Entry::getKey).toList()) {
            if (!known.contains(key)) {
                List<String> allowed = new ArrayList<>(known);
                throw problem(
                        key,
                        "is not a key of a " + kind,
                        SimilarWord.question(key, allowed)
                                + "Allowed here: "
                                + String.join(", ", allowed)
                                + ".");
            }
        }
    }

    private RunFileException missing(String key, String what) {
        return problem(key, "is missing", "Add it; it is " + what + ".");
    }

    private RunFileException wrongType(String key, String allowed) {
        String found = node.get(key).toString();
        String shown = found.length() > 60 ? found.substring(0, 57) + "..." : found;
        return problem(key, "is " + shown, "Allowed: " + allowed + ".");
    }

    /** A refusal of one key. */
    public RunFileException problem(String key, String problem, String hint) {
        return new RunFileException(source, full(key), problem, hint);
    }

    private String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
