package io.pocketllm.run.sweep;

/** What the best run of a sweep is best at; both are measured on the held-out part. */
public enum Goal {
    /** The most right answers. */
    ACCURACY("accuracy"),
    /** The lowest mean loss. */
    LOSS("loss");

    private final String key;

    Goal(String key) {
        this.key = key;
    }

    /** The word used in sweep files. */
    public String key() {
        return key;
    }

    /**
     * Lower is better, whatever the goal; infinite where nothing was measured.
     *
     * @param loss nats, or NaN
     * @param accuracy 0 to 1, or NaN
     */
    public double badness(double loss, double accuracy) {
        double value = this == LOSS ? loss : -accuracy;
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
}
