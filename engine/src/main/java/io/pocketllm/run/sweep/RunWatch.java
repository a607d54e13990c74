package io.pocketllm.run.sweep;

import io.pocketllm.run.Event;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunSpec;
import java.io.IOException;
import java.util.Optional;

/**
 * One run's events on their way to the sweep's listener; asks the stopping rule at evaluations. All
 * but the construction happens on the run's thread of events.
 */
final class RunWatch {

    private final SweepFolder folder;
    private final Curves curves;
    private final SweepListener.Position position;
    private final SweepListener listener;
    private final Runnable stop;
    private final Curve curve;
    private final RunSpec.Training training;
    private boolean stops;
    private IOException failure;

    /**
     * @param curves those to compare with
     * @param stop stops the run
     */
    RunWatch(
            SweepFolder folder,
            Curves curves,
            SweepListener.Position position,
            SweepListener listener,
            Runnable stop)
            throws RunFileException, IOException {
        this.folder = folder;
        this.curves = curves;
        this.position = position;
        this.listener = listener;
        this.stop = stop;
        Combination combination = position.combination();
        this.training = folder.file().runFile(combination).spec().training();
        this.curve = Curve.read(folder.run(combination), training.evaluateEvery());
    }

    void hear(Event event) {
        listener.event(position, event);
        Optional<MedianRule> rule = folder.file().spec().stopEarly();
        if (rule.isPresent() && curve.add(event, training.evaluateEvery()) && !stops) {
            try {
                judge(rule.get());
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    private void judge(MedianRule rule) throws IOException {
        int step = curve.losses().lastKey();
        if (step >= training.steps()) {
            return;
        }
        var median = rule.worseThan(curve.losses(), curves.finishedBefore(position.combination()));
        if (median.isPresent()) {
            double best = curve.losses().values().stream().mapToDouble(x -> x).min().orElseThrow();
            folder.stoppedEarly(position.combination(), step, best, median.getAsDouble());
            stops = true;
            stop.run();
            listener.stopsEarly(position, step, best, median.getAsDouble());
        }
    }

    /** After the run's end: what kept the rule from being asked. */
    void throwWhatFailed() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
