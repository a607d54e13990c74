package io.pocketllm.model.architecture;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where in a model a parameter belongs. */
enum Part {
    EMBEDDINGS("embeddings"),
    ATTENTION("attention"),
    FEED_FORWARD("feed-forward"),
    NORMS("norms"),
    HEAD("head");

    private final String label;

    Part(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Counts under the parts' labels, every part in order. */
    static Map<String, Long> byLabel(Map<Part, Long> counts) {
        Map<String, Long> byLabel = new LinkedHashMap<>();
        for (Part part : values()) {
            byLabel.put(part.label(), counts.getOrDefault(part, 0L));
        }
        return byLabel;
    }
}
