package io.pocketllm.app.sweep;

/** How the runs of a sweep are drawn. */
enum SweepView {
    /** A line a run over parallel axes. */
    LINES("lines"),
    /** A cell a pair of values. */
    MAP("map");

    private final String label;

    SweepView(String label) {
        this.label = label;
    }

    /** Its name for people. */
    String label() {
        return label;
    }
}
