package io.pocketllm.run.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pocketllm.run.RunFileException;

/** A value of a sweep as a person types it. */
public final class TypedValue {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TypedValue() {}

    /** A number, true, false or null as in JSON; "none" takes the key out; else text. */
    public static JsonNode of(String text) {
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

    /**
     * Values with commas between.
     *
     * @param source of messages
     * @param key of messages: where the text stands
     * @throws RunFileException where a value is missing
     */
    public static ArrayNode list(String source, String key, String text) throws RunFileException {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (String value : text.split(",", -1)) {
            if (value.isBlank()) {
                // A comma at the end is a value that is being typed.
                throw new RunFileException(
                        source, key, "a value is missing", "Write one after each comma.");
            }
            values.add(of(value.strip()));
        }
        return values;
    }
}
