package io.pocketllm.app.train;

import io.pocketllm.run.Event;

/**
 * The latest figures of a run: how far, how fast, how good, how much memory. Plain data, gathered
 * from events.
 */
public final class RunFigures {

    /** Share of the newest step in the averaged step time. */
    private static final double NEW_STEP_WEIGHT = 0.1;

    private Event.Started started;
    private Event.Reference reference;
    private Event.Memory memory;
    private Event.Phone phone;
    private int step;
    private int stepsTimed;
    private double stepSeconds = Double.NaN;
    private double activeSeconds;
    private double countedTo;
    private double elapsedSeconds;
    private double phoneSeconds = Double.NaN;
    private double accuracy = Double.NaN;
    private double startAccuracy = Double.NaN;
    private double testAccuracy = Double.NaN;
    private long peakRssBytes;

    /** Takes one event. */
    public void accept(Event event) {
        double now = event.elapsedMillis() / 1000.0;
        elapsedSeconds = Math.max(elapsedSeconds, now);
        switch (event) {
            case Event.Started e -> {
                started = e;
                step = Math.max(0, e.firstStep() - 1);
                countedTo = now;
            }
            case Event.Step e -> step(e, now);
            case Event.Evaluated e -> evaluated(e, now);
            case Event.Reference e -> {
                reference = e;
                beforeFirstStep(now);
            }
            case Event.Memory e -> {
                memory = e;
                peakRssBytes = Math.max(peakRssBytes, e.rssBytes());
            }
            case Event.Phone e -> phone = e;
            case Event.Resumed e -> countedTo = now;
            case Event.Killed e -> {
                // The killer's own reading is the last one there is.
                long heap = memory == null ? 0 : memory.heapBytes();
                memory = new Event.Memory(e.elapsedMillis(), e.rssBytes(), heap, e.budgetBytes());
                peakRssBytes = Math.max(peakRssBytes, e.rssBytes());
            }
            case Event.Finished e -> {
                peakRssBytes = Math.max(peakRssBytes, e.peakRssBytes());
                testAccuracy = e.testAccuracy() == null ? testAccuracy : e.testAccuracy();
            }
            case Event.Preparing e -> {}
            case Event.Prediction e -> {}
            case Event.Paused e -> {}
            case Event.Warning e -> {}
            case Event.Diverged e -> {}
            case Event.Failed e -> {}
        }
    }

    private void step(Event.Step e, double now) {
        step = e.step();
        double seconds = e.stepMillis() / 1000;
        stepSeconds =
                Double.isNaN(stepSeconds)
                        ? seconds
                        : stepSeconds + NEW_STEP_WEIGHT * (seconds - stepSeconds);
        activeSeconds += Math.max(0, now - countedTo);
        countedTo = now;
        stepsTimed++;
        if (e.phoneMillis() != null) {
            phoneSeconds = (Double.isNaN(phoneSeconds) ? 0 : phoneSeconds) + e.phoneMillis() / 1000;
        }
    }

    private void evaluated(Event.Evaluated e, double now) {
        if (e.split().equals("test")) {
            testAccuracy = e.accuracy();
            return;
        }
        if (Double.isNaN(startAccuracy)) {
            startAccuracy = e.accuracy();
        }
        accuracy = e.accuracy();
        beforeFirstStep(now);
    }

    /** What is measured before the first step does not count as time of the steps. */
    private void beforeFirstStep(double now) {
        if (stepsTimed == 0) {
            countedTo = now;
        }
    }

    /**
     * Seconds until the last planned step, evaluations counted and pauses not; NaN before it can be
     * known.
     */
    public double secondsLeft() {
        return stepsTimed == 0 ? Double.NaN : activeSeconds / stepsTimed * (stepsPlanned() - step);
    }

    /** Steps planned, 0 before the run says so. */
    public int stepsPlanned() {
        return started == null ? 0 : started.steps();
    }

    /** Steps taken. */
    public int step() {
        return step;
    }

    /** Averaged wall time of a step on this computer, seconds; NaN before the first. */
    public double stepSeconds() {
        return stepSeconds;
    }

    /** Seconds since the worker started, pauses and all. */
    public double elapsedSeconds() {
        return elapsedSeconds;
    }

    /** Seconds the steps so far would have taken on the phone; NaN where nothing predicts it. */
    public double phoneSeconds() {
        return phoneSeconds;
    }

    /** Latest held-out accuracy, 0 to 1; NaN before the first. */
    public double accuracy() {
        return accuracy;
    }

    /** Held-out accuracy before the first step, 0 to 1. */
    public double startAccuracy() {
        return startAccuracy;
    }

    /** Accuracy on the test split at the end, 0 to 1; NaN before. */
    public double testAccuracy() {
        return testAccuracy;
    }

    /** What the run said about itself, or null. */
    public Event.Started started() {
        return started;
    }

    /** The first-order result beside it, or null. */
    public Event.Reference reference() {
        return reference;
    }

    /** The latest memory reading, or null. */
    public Event.Memory memory() {
        return memory;
    }

    /** The latest state of the simulated phone, or null. */
    public Event.Phone phone() {
        return phone;
    }

    /** The largest resident set seen, bytes. */
    public long peakRssBytes() {
        return peakRssBytes;
    }
}
