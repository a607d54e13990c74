package io.pocketllm.app.sweep;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.Event;
import io.pocketllm.run.sweep.SweepListener;
import java.util.OptionalLong;

/**
 * Where a sweep is, and how the run that goes on does.
 *
 * @param number of the run that goes on, in the whole sweep; 0 before the first
 * @param place of the run among this computer's, from 1; 0 before the first
 * @param of how many runs there are
 * @param settings what the run has that others have not
 * @param step of the run
 * @param steps of the run, all; 0 before it has begun
 * @param loss held-out loss last measured, nats; NaN before
 * @param accuracy held-out accuracy last measured, 0 to 1; NaN before
 * @param peakRssBytes the most memory read so far; 0 before
 * @param elapsedMillis time of its worker
 * @param stopsEarly whether the sweep's rule has asked it to stop
 * @param millisLeft of the sweep; empty before the first run has ended
 */
public record SweepProgress(
        int number,
        int place,
        int of,
        String settings,
        int step,
        int steps,
        double loss,
        double accuracy,
        long peakRssBytes,
        long elapsedMillis,
        boolean stopsEarly,
        OptionalLong millisLeft) {

    /** Before the first run. */
    static final SweepProgress NONE =
            new SweepProgress(
                    0, 0, 0, "", 0, 0, Double.NaN, Double.NaN, 0, 0, false, OptionalLong.empty());

    /** A run begins. */
    static SweepProgress begins(SweepListener.Position position) {
        return new SweepProgress(
                position.combination().number(),
                position.place(),
                position.of(),
                position.combination().describe(),
                0,
                0,
                Double.NaN,
                Double.NaN,
                0,
                0,
                false,
                position.millisLeft());
    }

    /** After an event of the run. */
    SweepProgress after(Event event) {
        return switch (event) {
            case Event.Started e ->
                    with(step, e.steps(), loss, accuracy, peakRssBytes, e.elapsedMillis());
            case Event.Step e ->
                    with(e.step(), steps, loss, accuracy, peakRssBytes, e.elapsedMillis());
            case Event.Evaluated e when e.split().equals("validation") ->
                    with(step, steps, e.loss(), e.accuracy(), peakRssBytes, e.elapsedMillis());
            case Event.Memory e ->
                    with(
                            step,
                            steps,
                            loss,
                            accuracy,
                            Math.max(peakRssBytes, e.rssBytes()),
                            e.elapsedMillis());
            default -> this;
        };
    }

    /** The rule has asked the run to stop. */
    SweepProgress stopping() {
        return new SweepProgress(
                number,
                place,
                of,
                settings,
                step,
                steps,
                loss,
                accuracy,
                peakRssBytes,
                elapsedMillis,
                true,
                millisLeft);
    }

    private SweepProgress with(
            int taken, int all, double nats, double share, long bytes, long millis) {
        return new SweepProgress(
                number,
                place,
                of,
                settings,
                taken,
                all,
                nats,
                share,
                bytes,
                Math.max(elapsedMillis, millis),
                stopsEarly,
                millisLeft);
    }

    /** From 0 to 1: the runs before this one, and this one's steps. */
    public double share() {
        if (of == 0) {
            return 0;
        }
        double within = steps == 0 ? 0 : Math.min(1, (double) step / steps);
        return (place - 1 + within) / of;
    }

    /** Such as "running, step 40 of 150". */
    String state() {
        return (stopsEarly ? "stops early" : "running")
                + (steps == 0 ? "" : ", step " + Units.count(step) + " of " + Units.count(steps));
    }

    /** Such as "run 3 of 12 · seed=7 · step 40 of 150 · 5 min left". */
    public String text() {
        if (place == 0) {
            return "";
        }
        return "run "
                + place
                + " of "
                + of
                + (settings.isEmpty() ? "" : " · " + settings)
                + (steps == 0 ? "" : " · step " + step + " of " + steps)
                + (millisLeft.isPresent()
                        ? " · " + Units.duration(millisLeft.getAsLong() / 1000.0) + " left"
                        : "");
    }
}
