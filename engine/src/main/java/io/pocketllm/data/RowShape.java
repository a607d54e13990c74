package io.pocketllm.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a record has to give, and in which columns it may stand.
 *
 * @param texts the texts each example needs, by the names a template calls them
 * @param pair whether a second text is read where there is a column for it
 * @param columns for {@code label}, {@code completion}, {@code messages} and each text the columns
 *     to look in, the first that is there; what is missing has {@link #USUAL_COLUMNS}
 * @param labels class names; empty where an example has an answer of its own
 * @param labelNames what the numbers 0, 1, … in the label column mean; empty where it names classes
 * @param header whether the first line of a table names the columns; else they are 1, 2, 3
 * @param chat how conversations are written out
 */
public record RowShape(
        List<String> texts,
        boolean pair,
        Map<String, List<String>> columns,
        List<String> labels,
        List<String> labelNames,
        boolean header,
        ChatFormat chat) {

    /** Column names that published data sets use. */
    public static final Map<String, List<String>> USUAL_COLUMNS =
            Map.of(
                    "text", List.of("text", "sentence", "sentence1", "premise", "prompt"),
                    "text2", List.of("text2", "sentence2", "hypothesis"),
                    "label", List.of("label", "gold_label"),
                    "prompt", List.of("prompt", "text"),
                    "completion", List.of("completion", "answer"),
                    "messages", List.of("messages"));

    /** Labelled texts in columns of the usual names. */
    public static RowShape texts(List<String> labels) {
        return new RowShape(
                List.of(Example.TEXT), true, Map.of(), labels, List.of(), true, ChatFormat.PLAIN);
    }

    /** Where a role's value may stand. */
    List<String> columnsOf(String role) {
        List<String> own = columns.get(role);
        return own != null ? own : USUAL_COLUMNS.getOrDefault(role, List.of(role));
    }

    /** These columns first, those of {@code fallback} for the roles they leave out. */
    public static Map<String, List<String>> merged(
            Map<String, String> own, Map<String, List<String>> fallback) {
        Map<String, List<String>> merged = new LinkedHashMap<>(fallback);
        own.forEach((role, column) -> merged.put(role, List.of(column)));
        return merged;
    }
}
