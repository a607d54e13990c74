package io.pocketllm.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pocketllm.run.RunFileException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values to draw from, as a person types them behind a tilde: {@code log 1e-4 .. 1e-2}, {@code log
 * whole 4 .. 32}, {@code 4, 8, 16}. In a sweep file such text may stand in the place of the JSON
 * that it means; once read, the JSON stands there.
 */
public final class DrawnText {

    /** What such text begins with in a sweep file. */
    public static final char TILDE = '~';

    private static final String EXPECTED =
            "Expected: numbers with .. between, such as 1e-4 .. 1e-2, before them log where ratios"
                    + " count and whole where only whole numbers do; or values with commas: 4, 8,"
                    + " 16.";

    private static final Pattern RANGE = Pattern.compile("(.*?)\\s*\\.\\.\\s*(.*)");
    private static final Pattern WORD = Pattern.compile("(log|linear|whole)\\s+(.*)");

    /** A JSON number, or one without digits before its point; no words such as NaN. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

    private DrawnText() {}

    /**
     * The JSON that a text means: a list, or a range without {@code count}.
     *
     * @param source of messages
     * @param key of messages: where the text stands
     * @param text what stands behind the tilde
     * @throws RunFileException saying what is expected
     */
    public static JsonNode read(String source, String key, String text) throws RunFileException {
        String left = text.strip();
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(left); word.matches(); word = WORD.matcher(left)) {
            words.add(word.group(1));
            left = word.group(2).strip();
        }
        Matcher range = RANGE.matcher(left);
        // Paths begin with two points too; a list has commas.
        if (range.matches() && left.indexOf(',') < 0) {
            return range(source, key, words, range.group(1), range.group(2));
        }
        if (!words.isEmpty() || left.isEmpty()) {
            String found =
                    text.isBlank()
                            ? "has no values"
                            : "\""
                                    + SettingText.of(TextNode.valueOf(text.strip()))
                                    + "\" is no range";
            throw new RunFileException(source, key, found, EXPECTED);
        }
        return TypedValue.list(source, key, left);
    }

    private static JsonNode range(
            String source, String key, List<String> words, String from, String to)
            throws RunFileException {
        if (words.stream().distinct().count() < words.size()
                || words.contains("log") && words.contains("linear")) {
            throw new RunFileException(
                    source,
                    key,
                    "\"" + String.join(" ", words) + "\" says the same thing twice",
                    EXPECTED);
        }
        double low = number(source, key, from);
        double high = number(source, key, to);
        if (!(low < high)) {
            throw new RunFileException(
                    source,
                    key,
                    "\"" + from + " .. " + to + "\" does not rise",
                    "Write the smaller number first.");
        }
        if (words.contains("log") && low <= 0) {
            throw new RunFileException(
                    source,
                    key,
                    "begins at " + from + ", and log needs numbers above 0",
                    "Begin above 0, or take log out.");
        }
        ObjectNode range = JsonNodeFactory.instance.objectNode();
        range.put("from", low);
        range.put("to", high);
        if (words.contains("log")) {
            range.put("scale", "log");
        }
        if (words.contains("whole")) {
            range.put("whole", true);
        }
        return range;
    }

    private static double number(String source, String key, String text) throws RunFileException {
        double number =
                NUMBER.matcher(text).matches()
                        ? new BigDecimal(text).doubleValue()
                        : Double.POSITIVE_INFINITY;
        if (!Double.isFinite(number)) {
            String found =
                    text.isEmpty()
                            ? "has no number at one side of .."
                            : "\"" + SettingText.of(TextNode.valueOf(text)) + "\" is no number";
            throw new RunFileException(source, key, found, EXPECTED);
        }
        return number;
    }

    /** Puts the JSON in the place of such text in a sweep file's parameters. */
    static void spellOut(String source, ObjectNode sweep) throws RunFileException {
        if (!(sweep.get("parameters") instanceof ObjectNode parameters)) {
            return;
        }
        boolean random = sweep.path("search").asText().equals("random");
        for (Map.Entry<String, JsonNode> parameter : List.copyOf(parameters.properties())) {
            String text = parameter.getValue().isTextual() ? parameter.getValue().asText() : "";
            if (!text.isEmpty() && text.charAt(0) == TILDE) {
                String key = "parameters." + parameter.getKey();
                JsonNode values = read(source, key, text.substring(1));
                if (values.isObject() && !random) {
                    throw new RunFileException(
                            source,
                            key,
                            "is a range to draw from, and the sweep is a grid",
                            "Add \"search\": \"random\" and \"runs\": 20, or list values in"
                                    + " brackets.");
                }
                parameters.set(parameter.getKey(), values);
            }
        }
    }
}
