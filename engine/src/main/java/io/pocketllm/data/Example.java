package io.pocketllm.data;

import java.util.Map;

/**
 * One example: its texts by the names a template calls them, and what is right.
 *
 * @param texts {@code text}, and {@code text2} where there are two, or a template's own names
 * @param label index of its class; -1 where there are no classes
 * @param answer the text that is right, where there are no classes; else null
 */
public record Example(Map<String, String> texts, int label, String answer) {

    /** The name of an example's first or only text. */
    public static final String TEXT = "text";

    /** The name of the second text of a pair. */
    public static final String TEXT2 = "text2";

    /** A text with its class. */
    public Example(String text, int label) {
        this(Map.of(TEXT, text), label, null);
    }

    /** The first or only text. */
    public String text() {
        return texts.get(TEXT);
    }
}
