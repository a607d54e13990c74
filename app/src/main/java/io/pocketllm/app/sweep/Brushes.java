package io.pocketllm.app.sweep;

import io.pocketllm.app.sweep.ParallelCoordinates.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ranges on axes: a run is kept where it lies within all of them. */
final class Brushes {

    /** What a person drags by less is no range. */
    private static final double LEAST_RANGE = 0.01;

    /** A value at the very end of a range belongs to it, whatever rounding says. */
    private static final double EDGE = 1e-6;

    /**
     * A range on an axis.
     *
     * @param from 0 to 1
     * @param to 0 to 1, above {@code from}
     */
    record Brush(double from, double to) {}

    private final Map<String, Brush> byKey = new HashMap<>();

    /** Sets the range of an axis; next to nothing takes it away. */
    void set(Axis axis, double from, double to) {
        double low = Math.clamp(Math.min(from, to), 0, 1);
        double high = Math.clamp(Math.max(from, to), 0, 1);
        if (high - low < LEAST_RANGE) {
            byKey.remove(axis.key());
        } else {
            byKey.put(axis.key(), new Brush(low, high));
        }
    }

    /**
     * @return whether there was one
     */
    boolean remove(Axis axis) {
        return byKey.remove(axis.key()) != null;
    }

    /**
     * @return whether there was any
     */
    boolean removeAll() {
        boolean some = !byKey.isEmpty();
        byKey.clear();
        return some;
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    Optional<Brush> of(Axis axis) {
        return Optional.ofNullable(byKey.get(axis.key()));
    }

    /** Whether a run lies within every range; one without a goal lies in none of the goal. */
    boolean keep(Line line, List<Axis> axes) {
        for (int i = 0; i < axes.size(); i++) {
            Brush brush = byKey.get(axes.get(i).key());
            if (brush != null && (i >= line.at().size() || !holds(brush, line.at().get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Brush brush, double at) {
        return at >= brush.from() - EDGE && at <= brush.to() + EDGE;
    }

    /** Ranges stay on axes that stay. */
    void move(List<Axis> before, List<Axis> now) {
        Map<String, Axis> old = byKey(before);
        Map<String, Axis> made = byKey(now);
        byKey.keySet().retainAll(made.keySet());
        byKey.replaceAll((key, brush) -> moved(brush, old.get(key), made.get(key)));
    }

    private static Map<String, Axis> byKey(List<Axis> axes) {
        return axes.stream().collect(Collectors.toMap(Axis::key, Function.identity()));
    }

    /** A range of numbers stays one of the same numbers; an open end stays open. */
    private static Brush moved(Brush brush, Axis before, Axis now) {
        if (before == null || before.scale() == Axis.Scale.WORDS || before.equals(now)) {
            return brush;
        }
        double from = brush.from() == 0 ? 0 : now.position(before.number(brush.from()));
        double to = brush.to() == 1 ? 1 : now.position(before.number(brush.to()));
        from = Math.clamp(from, 0, 1 - LEAST_RANGE);
        return new Brush(from, Math.clamp(to, from + LEAST_RANGE, 1));
    }

    /** Such as "learningRate 0.001 to 0.01; update sgd". */
    String words(List<Axis> axes) {
        List<String> ranges = new ArrayList<>();
        for (Axis axis : axes) {
            of(axis).ifPresent(
                            brush ->
                                    ranges.add(
                                            axis.name()
                                                    + " "
                                                    + axis.words(brush.from(), brush.to())));
        }
        return String.join("; ", ranges);
    }
}
