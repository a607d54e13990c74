package io.pocketllm.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How published experiments put a known data set into words: templates, label words, columns. The
 * catalogue is {@code presets.json}; docs/data.md says where each comes from.
 *
 * @param id such as {@code sst-2}
 * @param title what it is, for people
 * @param columns for each role the columns its published files use
 * @param labelNames what the numbers in its label column mean
 * @param masked for a masked model; null where nobody published one
 * @param answered for a causal model; null where nobody published one
 */
public record TaskPreset(
        String id,
        String title,
        Map<String, List<String>> columns,
        List<String> labelNames,
        Wording masked,
        Wording answered) {

    /**
     * A template and what stands for each label.
     *
     * @param words label to its word or answer, in label order; empty for generation
     */
    public record Wording(String template, Map<String, String> words) {}

    private static final Map<String, TaskPreset> ALL = load();

    /** The ids there are, in the catalogue's order. */
    public static List<String> ids() {
        return List.copyOf(ALL.keySet());
    }

    /** The preset of that id, or null. */
    public static TaskPreset of(String id) {
        return ALL.get(id);
    }

    private static Map<String, TaskPreset> load() {
        Map<String, TaskPreset> all = new LinkedHashMap<>();
        try (InputStream stream = TaskPreset.class.getResourceAsStream("presets.json")) {
            for (Map.Entry<String, JsonNode> entry :
                    new JsonMapper().readTree(stream).properties()) {
                all.put(entry.getKey(), preset(entry.getKey(), entry.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the catalogue of presets is part of the program", e);
        }
        return Collections.unmodifiableMap(all);
    }

    private static TaskPreset preset(String id, JsonNode json) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        json.path("columns")
                .properties()
                .forEach(column -> columns.put(column.getKey(), texts(column.getValue())));
        return new TaskPreset(
                id,
                json.path("title").asText(),
                Collections.unmodifiableMap(columns),
                texts(json.path("labelNames")),
                wording(json.get("masked")),
                wording(json.get("answered")));
    }

    private static Wording wording(JsonNode json) {
        if (json == null) {
            return null;
        }
        Map<String, String> words = new LinkedHashMap<>();
        json.path("words")
                .properties()
                .forEach(word -> words.put(word.getKey(), word.getValue().asText()));
        return new Wording(json.path("template").asText(), Collections.unmodifiableMap(words));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }
}
