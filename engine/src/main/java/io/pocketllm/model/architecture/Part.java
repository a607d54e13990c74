package io.pocketllm.model.architecture;

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
}
