package io.pocketllm.app.chart;

import io.pocketllm.app.text.Units;

/** What a chart's horizontal axis counts. */
public enum XAxis {
    /** Optimiser steps. */
    STEP("step", "step"),
    /** Seconds since the worker started, on this computer. */
    ELAPSED("elapsed", "elapsed, min:s"),
    /** Seconds the steps would have taken on the simulated phone. */
    PHONE_TIME("phone time", "predicted phone time, min:s");

    private final String name;
    private final String axisLabel;

    XAxis(String name, String axisLabel) {
        this.name = name;
        this.axisLabel = axisLabel;
    }

    /** Its name on a button. */
    public String displayName() {
        return name;
    }

    /** Its name on the axis, with the unit. */
    public String axisLabel() {
        return axisLabel;
    }

    /** A position on this axis for people: "step 330" or "4 min 51 s". */
    public String describe(double x) {
        return switch (this) {
            case STEP -> "step " + Math.round(x);
            case ELAPSED -> Units.duration(x) + " elapsed";
            case PHONE_TIME -> Units.duration(x) + " on the phone";
        };
    }
}
