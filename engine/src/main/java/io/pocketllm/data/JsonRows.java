package io.pocketllm.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.data.BadLineException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One JSON object a line; blank lines are passed over. */
final class JsonRows implements RowReader {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final LineReader lines;

    JsonRows(LineReader lines) {
        this.lines = lines;
    }

    @Override
    public Row next() throws IOException, BadLineException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                return new JsonRow(lines.number(), object(line));
            }
        }
        return null;
    }

    private JsonNode object(String line) throws BadLineException {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            String at =
                    e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
            throw new BadLineException(
                    lines.number(),
                    Reason.MALFORMED,
                    "is not valid JSON" + at,
                    "Each line is one object: {\"text\": \"...\", \"label\": \"...\"}");
        }
        if (!node.isObject()) {
            throw new BadLineException(
                    lines.number(),
                    Reason.MALFORMED,
                    "holds no JSON object",
                    "Write one object a line, with no brackets around the whole and no commas between.");
        }
        return node;
    }

    /**
     * One object. A column's name may be a path: {@code answers.text} goes into an object, and into
     * the first element of a list.
     */
    record JsonRow(long line, JsonNode json) implements Row {

        JsonNode at(String column) {
            JsonNode whole = json.get(column);
            if (whole != null) {
                return first(whole);
            }
            JsonNode node = json;
            for (String step : column.split("\\.", -1)) {
                node = (node.isArray() ? node.path(0) : node).path(step);
            }
            return first(node);
        }

        /** A list stands for its first element, but a conversation is read as a whole. */
        private static JsonNode first(JsonNode node) {
            return node.isArray() && !node.path(0).isObject() ? node.path(0) : node;
        }

        @Override
        public boolean has(String column) {
            JsonNode node = at(column);
            return !node.isMissingNode() && !node.isNull();
        }

        @Override
        public String text(String column) throws BadLineException {
            JsonNode node = at(column);
            if (!node.isTextual()) {
                throw new BadLineException(
                        line,
                        Reason.MALFORMED,
                        "has " + shown(node) + " as \"" + column + "\"",
                        "It has to be a text in quotes.");
            }
            return node.textValue();
        }

        @Override
        public String label(String column) throws BadLineException {
            JsonNode node = at(column);
            if (!node.isTextual() && !node.isIntegralNumber() && !node.isBoolean()) {
                throw new BadLineException(
                        line,
                        Reason.UNKNOWN_LABEL,
                        "has " + shown(node) + " as \"" + column + "\"",
                        "A label is a text, a whole number, or true or false.");
            }
            return node.asText();
        }

        private static String shown(JsonNode node) {
            String text = node.toString();
            return text.length() > 60 ? text.substring(0, 57) + "..." : text;
        }

        @Override
        public String columns() {
            List<String> names = new ArrayList<>();
            json.fieldNames().forEachRemaining(names::add);
            String all = String.join(", ", names);
            return all.length() > 200 ? all.substring(0, 197) + "..." : all;
        }
    }
}
