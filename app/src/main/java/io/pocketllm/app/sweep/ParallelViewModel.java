package io.pocketllm.app.sweep;

import io.pocketllm.app.sweep.Brushes.Brush;
import io.pocketllm.app.sweep.ParallelCoordinates.Line;
import io.pocketllm.app.text.Units;
import io.pocketllm.run.sweep.Parameter;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.Values;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/**
 * What is chosen in the parallel coordinates of a sweep: a range on any axis (a brush), the run
 * that is pointed at, and the axis that the keyboard is at. Axes have no size here: 0 is their
 * lower end and 1 their upper one.
 */
public final class ParallelViewModel {

    /** How far a key moves a brush. */
    static final double KEY_STEP = 0.05;

    /** The brush that the keyboard begins with. */
    private static final double FIRST_FROM = 0.75;

    private final ObjectProperty<Line> hovered = new SimpleObjectProperty<>();
    private final BooleanProperty seeds = new SimpleBooleanProperty();
    private final IntegerProperty focusedAxis = new SimpleIntegerProperty();
    private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
    private final Brushes brushes = new Brushes();
    private ParallelCoordinates coordinates = ParallelCoordinates.NONE;
    private SweepResults results;
    private Map<String, Values.Range> ranges = Map.of();
    private int live;

    ParallelViewModel() {
        seeds.addListener(o -> rebuild());
    }

    /**
     * Shows what is known of a sweep now; brushes stay on axes that stay.
     *
     * @param drawn ranges of keys whose values are drawn from one
     * @param running number of the run that goes on; 0 for none
     */
    void show(SweepResults now, Map<String, Values.Range> drawn, int running) {
        ranges = drawn;
        results = now;
        live = running;
        rebuild();
    }

    private void rebuild() {
        ParallelCoordinates before = coordinates;
        coordinates =
                results == null
                        ? ParallelCoordinates.NONE
                        : ParallelCoordinates.of(results, ranges, seeds.get(), live);
        brushes.move(before.axes(), coordinates.axes());
        hovered.set(
                hovered.get() == null
                        ? null
                        : coordinates.lines().stream()
                                .filter(line -> line.run() == hovered.get().run())
                                .findFirst()
                                .orElse(null));
        focusedAxis.set(Math.clamp(focusedAxis.get(), 0, Math.max(0, lastAxis())));
        changed();
    }

    private void changed() {
        revision.set(revision.get() + 1);
    }

    private int lastAxis() {
        return coordinates.axes().size() - 1;
    }

    /** Keeps only runs between two places of an axis; next to nothing takes the range away. */
    void brush(int axis, double from, double to) {
        brushes.set(coordinates.axes().get(axis), from, to);
        changed();
    }

    /** Takes the range of an axis away. */
    void clear(int axis) {
        if (axis <= lastAxis() && brushes.remove(coordinates.axes().get(axis))) {
            changed();
        }
    }

    /** Takes all ranges away. */
    void clearAll() {
        if (brushes.removeAll()) {
            changed();
        }
    }

    /** The keyboard goes to the next axis, or the one before. */
    void moveFocus(int by) {
        focusedAxis.set(Math.clamp(focusedAxis.get() + by, 0, Math.max(0, lastAxis())));
        changed();
    }

    /**
     * Moves the range of the keyboard's axis, or begins one at the axis' upper end.
     *
     * @param by up, in parts of the axis
     */
    void moveBrush(double by) {
        if (lastAxis() < 0) {
            return;
        }
        Optional<Brush> now = brushOf(focusedAxis.get());
        if (now.isEmpty()) {
            brush(focusedAxis.get(), FIRST_FROM, 1);
            return;
        }
        Brush brush = now.get();
        double shift = Math.clamp(by, -brush.from(), 1 - brush.to());
        brush(focusedAxis.get(), brush.from() + shift, brush.to() + shift);
    }

    /**
     * Moves the lower end of the keyboard's range, so that it grows or shrinks.
     *
     * @param by down, in parts of the axis
     */
    void growBrush(double by) {
        Optional<Brush> now = brushOf(focusedAxis.get());
        if (lastAxis() < 0 || now.isEmpty()) {
            moveBrush(0);
            return;
        }
        Brush brush = now.get();
        double from = Math.clamp(brush.from() - by, 0, Math.max(0, brush.to() - KEY_STEP / 2));
        brush(focusedAxis.get(), from, brush.to());
    }

    /** The range of an axis. */
    Optional<Brush> brushOf(int axis) {
        return axis > lastAxis() ? Optional.empty() : brushes.of(coordinates.axes().get(axis));
    }

    /** Whether there is a range on any axis. */
    boolean isBrushed() {
        return !brushes.isEmpty();
    }

    /** Whether a run lies within every range. */
    boolean keeps(Line line) {
        return brushes.keep(line, coordinates.axes());
    }

    /** Numbers of the runs that lie within every range. */
    Set<Integer> keptRuns() {
        return coordinates.lines().stream()
                .filter(this::keeps)
                .map(Line::run)
                .collect(Collectors.toSet());
    }

    /** How many runs lie within every range. */
    long kept() {
        return coordinates.lines().stream().filter(this::keeps).count();
    }

    /**
     * Points at the nearest run that is not faded.
     *
     * @param x from the first axis (0) to the last (1)
     * @param y from the lower end (0) to the upper (1)
     * @param aspect height of the axes over the distance from the first to the last
     * @param reach how far a run may be away, as a part of the axes' height
     */
    void pointAt(double x, double y, double aspect, double reach) {
        Line nearest = null;
        double least = reach;
        int gaps = lastAxis();
        int gap = gaps < 1 ? 0 : Math.clamp((int) Math.floor(x * gaps), 0, gaps - 1);
        for (Line line : coordinates.lines()) {
            if (gap + 1 >= line.at().size() || !keeps(line)) {
                continue;
            }
            double left = line.at().get(gap);
            double rise = line.at().get(gap + 1) - left;
            double within = Math.clamp(x * gaps - gap, 0, 1);
            // A steep line is nearer than it is high above the point.
            double slope = rise * gaps * aspect;
            double away = Math.abs(left + rise * within - y) / Math.sqrt(1 + slope * slope);
            if (away < least || nearest != null && away == least && line.best()) {
                least = away;
                nearest = line;
            }
        }
        hovered.set(nearest);
    }

    /** For who cannot see it: axes, the best run, and what the ranges keep. */
    String accessibleText() {
        if (coordinates.axes().isEmpty()) {
            return "Parallel coordinates: no sweep is shown.";
        }
        String axes = coordinates.axes().stream().map(Axis::name).collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder("Parallel coordinates of ");
        text.append(Units.plural(coordinates.lines().size(), "run")).append(" over ").append(axes);
        coordinates.lines().stream()
                .filter(Line::best)
                .findFirst()
                .ifPresent(best -> text.append(". Best: ").append(best.words()));
        text.append(". At the axis ").append(coordinates.axes().get(focusedAxis.get()).name());
        if (isBrushed()) {
            text.append(". ").append(rangeWords());
        }
        return text.append('.').toString();
    }

    /** Such as "5 of 20 runs: learningRate 0.001 to 0.01"; empty where there is no range. */
    String rangeWords() {
        if (!isBrushed()) {
            return "";
        }
        return kept()
                + " of "
                + Units.plural(coordinates.lines().size(), "run")
                + ": "
                + brushes.words(coordinates.axes());
    }

    /** Whether runs differ in their seed. */
    boolean hasSeeds() {
        return results != null && SweepRow.keys(results, false).contains(Parameter.SEED);
    }

    /** Axes and lines. */
    ParallelCoordinates coordinates() {
        return coordinates;
    }

    /** The run that is pointed at; null for none. */
    ObjectProperty<Line> hoveredProperty() {
        return hovered;
    }

    /** Whether the seed has an axis. */
    BooleanProperty seedsProperty() {
        return seeds;
    }

    /** The axis that the keyboard is at. */
    IntegerProperty focusedAxisProperty() {
        return focusedAxis;
    }

    /** Another number whenever it is to be drawn anew. */
    ReadOnlyIntegerProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }
}
