package io.pocketllm.run;

/** Words of {@link Event.Started#calibration}. */
public final class Calibration {

    /** Estimates of how kinds of work compare. */
    public static final String ESTIMATED = "estimated";

    /** Measured on this computer: {@code pocketllm devices probe}. */
    public static final String HOST_PROBE = "host-probe";

    private Calibration() {}
}
