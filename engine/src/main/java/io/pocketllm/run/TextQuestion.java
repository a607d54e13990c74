package io.pocketllm.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A text that a person asks a running worker about: one line of JSON on its standard input, such as
 * <code>{"command":"predict","id":1,"text":"Can you take my shift?"}</code>. {@link
 * Event.Prediction} answers, between two steps.
 *
 * @param id the asker's own number; the answer carries it
 * @param text what is asked about. Where the objective reads several texts, one a line
 */
public record TextQuestion(long id, String text) {

    /** Longer ones are refused: what is beyond a model's tokens is cut off anyway. */
    public static final int MAX_CHARS = 4000;

    private static final String COMMAND = "predict";

    /** Plain ASCII: it goes through pipes and a phone's shell, whatever they take letters for. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /**
     * @throws IllegalArgumentException where the text is blank or too long
     */
    public TextQuestion {
        if (!isUsable(text)) {
            throw new IllegalArgumentException(
                    "a text to ask about has 1 to " + MAX_CHARS + " characters");
        }
    }

    /** Whether a text can be asked about. */
    public static boolean isUsable(String text) {
        return text != null && !text.isBlank() && text.length() <= MAX_CHARS;
    }

    /** The question as a worker reads it; never a line break inside. */
    public String line() {
        try {
            return MAPPER.writeValueAsString(
                    new TreeMap<>(Map.of("command", COMMAND, "id", id, "text", text)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text always prints", e);
        }
    }

    /** The question of a line; empty for any other line, which a worker passes over. */
    public static Optional<TextQuestion> of(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode node = MAPPER.readTree(line);
            JsonNode text = node.path("text");
            return node.path("command").asText().equals(COMMAND)
                            && node.path("id").canConvertToLong()
                            && node.path("id").isIntegralNumber()
                            && text.isTextual()
                            && isUsable(text.textValue())
                    ? Optional.of(new TextQuestion(node.path("id").longValue(), text.textValue()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
