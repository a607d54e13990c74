package io.pocketllm.app.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.SweepFile;
import java.nio.file.Path;

/**
 * A sweep as a person types it: a line a key, such as {@code method.learningRate = 0.1, 0.3, 1}.
 * What begins with a bracket or a brace is JSON, as in a sweep file.
 */
final class NewSweepText {

    /** The sweep's name in messages. */
    static final String SOURCE = "new sweep";

    private static final ObjectMapper JSON = new ObjectMapper();

    private NewSweepText() {}

    /**
     * The checked sweep.
     *
     * @param base what all its runs begin with
     * @throws RunFileException naming the line, or the key or combination that cannot be
     */
    static SweepFile read(RunFile base, String lines, Goal goal) throws RunFileException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", 1);
        root.put("name", base.spec().name());
        root.set("base", base.absolute().tree());
        root.set("parameters", parameters(lines));
        root.put("goal", goal.key());
        return SweepFile.parse(SOURCE, Path.of("").toAbsolutePath(), root.toString());
    }

    private static ObjectNode parameters(String lines) throws RunFileException {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        int number = 0;
        for (String line : lines.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int equals = line.indexOf('=');
            String key = equals < 0 ? "" : line.substring(0, equals).strip();
            String values = equals < 0 ? "" : line.substring(equals + 1).strip();
            if (key.isEmpty() || values.isEmpty()) {
                throw refusal(
                        number,
                        "\"" + line.strip() + "\" is no key with values",
                        "Write a key of a run file, = and its values: method.learningRate = 0.1, 0.3");
            }
            if (parameters.has(key)) {
                throw refusal(
                        number, key + " was there before", "Write all its values on one line.");
            }
            parameters.set(key, values(number, values));
        }
        return parameters;
    }

    private static JsonNode values(int number, String text) throws RunFileException {
        if (text.startsWith("[") || text.startsWith("{")) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw refusal(
                        number,
                        "is not valid JSON: " + e.getOriginalMessage(),
                        "Close every bracket, or write values with commas and no bracket.");
            }
        }
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (String value : text.split(",", -1)) {
            if (value.isBlank()) {
                // A comma at the end is a value that is being typed.
                throw refusal(number, "a value is missing", "Write one after each comma.");
            }
            values.add(value(value.strip()));
        }
        return values;
    }

    /** A number, true, false or null as in JSON; "none" takes the key out; else text. */
    private static JsonNode value(String text) {
        if (text.equals("none")) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            JsonNode value = JSON.readTree(text);
            return value.isValueNode() && !value.isMissingNode() ? value : TextNode.valueOf(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private static RunFileException refusal(int line, String problem, String hint) {
        return new RunFileException(SOURCE, "line " + line, problem, hint);
    }
}
