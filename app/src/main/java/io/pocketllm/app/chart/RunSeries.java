package io.pocketllm.app.chart;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;

/**
 * Everything the charts show of one run, collected from its events.
 *
 * <p>Losses are in nats, accuracies in percent, memory in megabytes of 2<sup>20</sup> bytes.
 * Belongs to one thread.
 */
public final class RunSeries {

    /**
     * Something that happened at one place of the chart.
     *
     * @param label what to write beside it
     */
    public record Mark(
            double step, double elapsedSeconds, double phoneSeconds, double y, String label) {
        /** Its place on an axis. */
        public double on(XAxis axis) {
            return switch (axis) {
                case STEP -> step;
                case ELAPSED -> elapsedSeconds;
                case PHONE_TIME -> phoneSeconds;
            };
        }
    }

    private final Positions stepPositions = new Positions();
    private final Positions heldOutPositions = new Positions();
    private final Positions memoryPositions = new Positions();
    private final Positions gapPositions = new Positions();
    private final Positions phonePositions = new Positions();
    private final Series loss = new Series(stepPositions);
    private final Series smoothedLoss = new Series(stepPositions);
    private final Series lossPlus = new Series(stepPositions);
    private final Series lossMinus = new Series(stepPositions);
    private final Series slope = new Series(stepPositions);
    private final Series smoothedSlope = new Series(stepPositions);
    private final Series stepSeconds = new Series(stepPositions);
    private final Series phoneStepSeconds = new Series(stepPositions);
    private final Series heldOutLoss = new Series(heldOutPositions);
    private final Series heldOutAccuracy = new Series(heldOutPositions);
    private final Series memory = new Series(memoryPositions);
    private final Series gaps = new Series(gapPositions);
    private final Series temperature = new Series(phonePositions);
    private final Series clock = new Series(phonePositions);
    private final Series battery = new Series(phonePositions);

    private double smoothingWeight = 0.9;
    private Smoothing smoothing = new Smoothing(smoothingWeight);
    private Smoothing slopeSmoothing = new Smoothing(smoothingWeight);
    private int stepsPlanned;
    private long budgetBytes;
    private double peakMegabytes;
    private double lastStep;
    private double lastStepAt;
    private double lastStepSeconds;
    private double phoneClock;
    private boolean phoneTimeKnown;
    private double lastFiniteLoss = Double.NaN;
    private Event.Reference reference;
    private Mark killed;
    private Mark diverged;

    /** Takes one event; the ones that draw nothing are passed over. */
    public void accept(Event event) {
        double elapsed = event.elapsedMillis() / 1000.0;
        switch (event) {
            case Event.Started e -> {
                stepsPlanned = e.steps();
                budgetBytes = e.budgetBytes();
                lastStep = Math.max(0, e.firstStep() - 1);
                lastStepAt = elapsed;
            }
            case Event.Step e -> step(e, elapsed);
            case Event.Evaluated e -> evaluated(e, elapsed);
            case Event.Reference e -> reference = e;
            case Event.Memory e -> memory(e, elapsed);
            case Event.Killed e -> {
                double megabytes = e.rssBytes() / Units.MEGABYTE;
                budgetBytes = e.budgetBytes();
                peakMegabytes = Math.max(peakMegabytes, megabytes);
                killed = new Mark(stepNow(elapsed), elapsed, phoneClock, megabytes, "killed");
            }
            case Event.Diverged e ->
                    diverged =
                            new Mark(
                                    e.step(),
                                    elapsed,
                                    phoneClock,
                                    lastFiniteLoss,
                                    "diverged at step " + e.step());
            case Event.Preparing e -> {}
            case Event.Phone e -> phone(e, elapsed);
            case Event.Prediction e -> {}
            case Event.Paused e -> {}
            case Event.Resumed e -> {}
            case Event.Warning e -> {}
            case Event.Finished e -> {}
            case Event.Failed e -> {}
        }
    }

    private void step(Event.Step e, double elapsed) {
        lastStep = e.step();
        lastStepAt = elapsed;
        lastStepSeconds = e.stepMillis() / 1000;
        if (e.phoneMillis() != null) {
            phoneTimeKnown = true;
            phoneClock += e.phoneMillis() / 1000;
        }
        stepPositions.add(e.step(), elapsed, phoneClock);
        loss.values().add(e.loss());
        lossPlus.values().add(e.lossPlus());
        lossMinus.values().add(e.lossMinus());
        slope.values().add(Math.abs(e.projectedGradient()));
        smoothedSlope.values().add(slopeSmoothing.next(Math.abs(e.projectedGradient())));
        stepSeconds.values().add(lastStepSeconds);
        phoneStepSeconds
                .values()
                .add(e.phoneMillis() == null ? Double.NaN : e.phoneMillis() / 1000);
        smoothedLoss.values().add(smoothing.next(e.loss()));
        if (Double.isFinite(e.loss())) {
            lastFiniteLoss = e.loss();
        } else {
            gapPositions.add(e.step(), elapsed, phoneClock);
            gaps.values().add(lastFiniteLoss);
        }
    }

    private void evaluated(Event.Evaluated e, double elapsed) {
        if (e.split().equals("test")) {
            // Measured once at the end; it is told in words and would only look like one more point
            // of the line.
            return;
        }
        heldOutPositions.add(e.step(), elapsed, phoneClock);
        heldOutLoss.values().add(e.loss());
        heldOutAccuracy.values().add(100 * e.accuracy());
    }

    private void memory(Event.Memory e, double elapsed) {
        double megabytes = e.rssBytes() / Units.MEGABYTE;
        if (e.budgetBytes() > 0) {
            budgetBytes = e.budgetBytes();
        }
        peakMegabytes = Math.max(peakMegabytes, megabytes);
        double step = Math.max(memoryPositions.on(XAxis.STEP).last(0), stepNow(elapsed));
        memoryPositions.add(step, elapsed, phoneClock);
        memory.values().add(megabytes);
    }

    private void phone(Event.Phone e, double elapsed) {
        phonePositions.add(lastStep, elapsed, phoneClock);
        temperature.values().add(told(e.temperatureCelsius()));
        clock.values().add(100 * told(e.clockFraction()));
        battery.values().add(told(e.batteryPercent()));
    }

    /** A real phone does not tell all; what is missing leaves a gap. */
    private static double told(Double value) {
        return value == null ? Double.NaN : value;
    }

    /**
     * Memory is sampled by the clock, not by the step: where between two steps it stands is worked
     * out from the time.
     */
    private double stepNow(double elapsed) {
        double since = lastStepSeconds > 0 ? (elapsed - lastStepAt) / lastStepSeconds : 0;
        return lastStep + Math.clamp(since, 0, 0.99);
    }

    /** Smooths the training loss and the slope anew with weight {@code w}, 0 to below 1. */
    public void smooth(double weight) {
        smoothingWeight = weight;
        smoothing = new Smoothing(weight);
        slopeSmoothing = new Smoothing(weight);
        smoothedLoss.clear();
        smoothedSlope.clear();
        for (int i = 0; i < loss.values().size(); i++) {
            smoothedLoss.values().add(smoothing.next(loss.values().get(i)));
            smoothedSlope.values().add(slopeSmoothing.next(slope.values().get(i)));
        }
    }

    /** Forgets the run; the smoothing stays. */
    public void clear() {
        for (Positions positions :
                new Positions[] {
                    stepPositions, heldOutPositions, memoryPositions, gapPositions, phonePositions
                }) {
            positions.clear();
        }
        for (Series series :
                new Series[] {
                    loss,
                    smoothedLoss,
                    lossPlus,
                    lossMinus,
                    slope,
                    smoothedSlope,
                    stepSeconds,
                    phoneStepSeconds,
                    heldOutLoss,
                    heldOutAccuracy,
                    memory,
                    gaps,
                    temperature,
                    clock,
                    battery
                }) {
            series.clear();
        }
        smoothing = new Smoothing(smoothingWeight);
        slopeSmoothing = new Smoothing(smoothingWeight);
        stepsPlanned = 0;
        budgetBytes = 0;
        peakMegabytes = 0;
        lastStep = lastStepAt = lastStepSeconds = phoneClock = 0;
        phoneTimeKnown = false;
        lastFiniteLoss = Double.NaN;
        reference = null;
        killed = diverged = null;
    }

    /**
     * All there is on an axis: the planned steps, or the time so far rounded up so that the axis
     * does not creep.
     */
    public XWindow extent(XAxis axis) {
        double last =
                Math.max(
                        stepPositions.on(axis).last(0),
                        Math.max(
                                heldOutPositions.on(axis).last(0),
                                memoryPositions.on(axis).last(0)));
        if (axis == XAxis.STEP) {
            return new XWindow(0, Math.max(10, Math.max(stepsPlanned, Math.ceil(last))));
        }
        if (last <= 10) {
            return new XWindow(0, 10);
        }
        double unit = Math.pow(10, Math.floor(Math.log10(last))) / 2;
        return new XWindow(0, Math.ceil(last / unit) * unit);
    }

    /** Training loss of every step, nats. */
    public Series loss() {
        return loss;
    }

    /** Training loss smoothed, nats. */
    public Series smoothedLoss() {
        return smoothedLoss;
    }

    /** Loss of each step's batch at the point perturbed forward, nats. */
    public Series lossPlus() {
        return lossPlus;
    }

    /** The same at the point perturbed backward. */
    public Series lossMinus() {
        return lossMinus;
    }

    /** Size of each step's measured slope |g|. */
    public Series slope() {
        return slope;
    }

    /** The same smoothed. */
    public Series smoothedSlope() {
        return smoothedSlope;
    }

    /** Wall time of each step on this computer, seconds. */
    public Series stepSeconds() {
        return stepSeconds;
    }

    /** Predicted time of each step on the phone, seconds; NaN where nothing predicts it. */
    public Series phoneStepSeconds() {
        return phoneStepSeconds;
    }

    /**
     * Time of each step on the phone, real or simulated, seconds; on this computer where the run
     * has no phone.
     */
    public Series deviceStepSeconds() {
        return phoneTimeKnown ? phoneStepSeconds : stepSeconds;
    }

    /** Held-out loss, nats. */
    public Series heldOutLoss() {
        return heldOutLoss;
    }

    /** Held-out accuracy, percent. */
    public Series heldOutAccuracy() {
        return heldOutAccuracy;
    }

    /** Resident set, megabytes. */
    public Series memory() {
        return memory;
    }

    /** Steps whose loss was not finite, at the height of the last finite loss. */
    public Series gaps() {
        return gaps;
    }

    /** Temperature of the phone, °C; NaN where a real one does not tell it. */
    public Series temperature() {
        return temperature;
    }

    /** Clock that the simulated phone's heat leaves, percent of its full one. */
    public Series clock() {
        return clock;
    }

    /** Charge of the phone's battery, percent. */
    public Series battery() {
        return battery;
    }

    /** The first-order result to hold the run against, or null. */
    public Event.Reference reference() {
        return reference;
    }

    /** Where the low-memory killer struck, or null. */
    public Mark killed() {
        return killed;
    }

    /** Where the loss left the numbers, or null. */
    public Mark diverged() {
        return diverged;
    }

    /** The memory limit, megabytes; 0 where there is none. */
    public double budgetMegabytes() {
        return budgetBytes / Units.MEGABYTE;
    }

    /** The most memory seen so far, megabytes. */
    public double peakMegabytes() {
        return peakMegabytes;
    }

    /** True where the engine predicts the phone's time for a step. */
    public boolean phoneTimeKnown() {
        return phoneTimeKnown;
    }
}
