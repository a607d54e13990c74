package io.pocketllm.app.chart;

/** Where each value of a series stands on each of the three axes. */
public final class Positions {

    private final Column steps = new Column();
    private final Column elapsedSeconds = new Column();
    private final Column phoneSeconds = new Column();

    void add(double step, double elapsed, double phone) {
        steps.add(step);
        // Memory is timed by the window's process and steps by the worker: their clocks may
        // disagree by a little.
        elapsedSeconds.add(Math.max(elapsed, elapsedSeconds.last(0)));
        phoneSeconds.add(phone);
    }

    /** The positions on one axis; they never fall. */
    public Column on(XAxis axis) {
        return switch (axis) {
            case STEP -> steps;
            case ELAPSED -> elapsedSeconds;
            case PHONE_TIME -> phoneSeconds;
        };
    }

    /** How many positions there are. */
    public int size() {
        return steps.size();
    }

    void clear() {
        steps.clear();
        elapsedSeconds.clear();
        phoneSeconds.clear();
    }
}
