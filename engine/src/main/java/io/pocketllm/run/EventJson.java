package io.pocketllm.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** Events as lines: one JSON object each, never a line break inside. */
public final class EventJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private EventJson() {}

    /** The event as one line without its end. */
    public static String line(Event event) {
        try {
            return MAPPER.writerFor(Event.class).writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event always prints", e);
        }
    }

    /**
     * The event of a line; empty where the line is torn, no event, or one that this version does
     * not know.
     */
    public static Optional<Event> parse(String line) {
        try {
            return Optional.ofNullable(MAPPER.readValue(line, Event.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
