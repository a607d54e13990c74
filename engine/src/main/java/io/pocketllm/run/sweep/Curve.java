package io.pocketllm.run.sweep;

import io.pocketllm.run.Event;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Held-out losses of a run at its regular evaluations. The start is no part of it, nor what is
 * measured in between by request or after a resume: whether a run was interrupted must not decide
 * what is stopped.
 *
 * @param losses step to loss, nats
 */
record Curve(NavigableMap<Integer, Double> losses) {

    static Curve read(RunFolder folder, int evaluateEvery) throws IOException {
        Curve curve = new Curve(new TreeMap<>());
        for (Event event : folder.readEvents()) {
            curve.add(event, evaluateEvery);
        }
        return curve;
    }

    /**
     * @return whether the event was such an evaluation
     */
    boolean add(Event event, int evaluateEvery) {
        if (event instanceof Event.Evaluated e
                && e.split().equals("validation")
                && e.step() > 0
                && e.step() % evaluateEvery == 0) {
            losses.put(e.step(), e.loss());
            return true;
        }
        return false;
    }
}
