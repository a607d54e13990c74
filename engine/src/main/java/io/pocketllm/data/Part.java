package io.pocketllm.data;

import java.util.List;

/** One of the three parts of a data set. */
enum Part {
    TRAIN("train"),
    VALIDATION("validation", "dev"),
    TEST("test");

    private final List<String> names;

    Part(String... names) {
        this.names = List.of(names);
    }

    /** What its file may be called, before the dot; the first is its name. */
    List<String> names() {
        return names;
    }

    String key() {
        return names.getFirst();
    }
}
