package io.pocketllm.run.sweep;

import io.pocketllm.run.RunFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The curves that the stopping rule compares with: those of finished runs that come before in this
 * computer's part, so that a sweep that was killed and resumed stops the same runs.
 */
final class Curves {

    private final SweepFolder folder;
    private final List<Combination> all;

    /** By number; empty for a run that did not finish. */
    private final Map<Integer, Optional<Curve>> known = new HashMap<>();

    Curves(SweepFolder folder, List<Combination> all) {
        this.folder = folder;
        this.all = all;
    }

    List<NavigableMap<Integer, Double>> finishedBefore(Combination combination) throws IOException {
        List<NavigableMap<Integer, Double>> curves = new ArrayList<>();
        for (Combination earlier : all) {
            if (earlier.number() >= combination.number()) {
                break;
            }
            Optional<Curve> curve = known.get(earlier.number());
            if (curve == null) {
                curve = read(earlier);
                known.put(earlier.number(), curve);
            }
            curve.ifPresent(c -> curves.add(c.losses()));
        }
        return curves;
    }

    private Optional<Curve> read(Combination combination) throws IOException {
        if (folder.state(combination) != RunState.FINISHED) {
            return Optional.empty();
        }
        try {
            int every = folder.file().runFile(combination).spec().training().evaluateEvery();
            return Optional.of(Curve.read(folder.run(combination), every));
        } catch (RunFileException e) {
            throw new IllegalStateException("was read with the sweep file", e);
        }
    }
}
