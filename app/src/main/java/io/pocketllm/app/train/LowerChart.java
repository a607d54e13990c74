package io.pocketllm.app.train;

/** What the chart under the losses shows. */
public enum LowerChart {
    /** Resident set and budget. */
    MEMORY("Memory", "resident set of the run's process, MB"),
    /** Size of the measured slope. */
    SLOPE("Slope", "|g|, the slope measured along each step's direction"),
    /** Time of a step. */
    STEP_TIME("Step time", "seconds a step; dashed: predicted for the phone");

    private final String text;
    private final String unit;

    LowerChart(String text, String unit) {
        this.text = text;
        this.unit = unit;
    }

    /** Its name on a button. */
    public String text() {
        return text;
    }

    /** What is drawn and in which unit. */
    public String unit() {
        return unit;
    }
}
