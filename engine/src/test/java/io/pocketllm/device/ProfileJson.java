package io.pocketllm.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A good profile as JSON, to be broken in one place by a test. */
final class ProfileJson {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "/io/pocketllm/device-profiles/";

    private ProfileJson() {}

    static JsonNode resource(String name) {
        try (InputStream in = ProfileJson.class.getResourceAsStream(FOLDER + name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The Reno6 5G with one place changed.
     *
     * @param pointer JSON pointer of the place; its parent exists
     * @param value new JSON there, or {@code remove}
     */
    static byte[] with(String pointer, String value) {
        JsonNode root = resource("oppo-reno6-5g.json");
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String key = pointer.substring(slash + 1);
        switch (parent) {
            case ObjectNode object when value.equals("remove") -> object.remove(key);
            case ObjectNode object -> object.set(key, parse(value));
            case ArrayNode array -> array.set(Integer.parseInt(key), parse(value));
            default -> throw new IllegalArgumentException(pointer);
        }
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
