package io.pocketllm.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.app.sweep.Brushes.Brush;
import io.pocketllm.app.sweep.ParallelCoordinates.Line;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.RunState;
import io.pocketllm.run.sweep.SweepResults;
import io.pocketllm.run.sweep.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines of runs, ranges on their axes, and the run that is pointed at. */
class ParallelViewModelTest {

    private final ParallelViewModel parallel = new ParallelViewModel();

    private static FoundRuns runs() {
        return new FoundRuns("method.learningRate", "method.update", "training.batchSize", "seed")
                .run(RunState.FINISHED, 0.9, "0.001, sgd, 4, 1")
                .run(RunState.FINISHED, 0.7, "0.01, adam, 8, 2")
                .run(RunState.FINISHED, 0.8, "0.1, sgd, 16, 1")
                .run(RunState.DIVERGED, 0.2, "0.1, adam, 4, 2")
                .run(RunState.KILLED, Double.NaN, "0.01, sgd, 16, 1")
                .run(RunState.WAITING, Double.NaN, "0.001, adam, 16, 2");
    }

    @BeforeEach
    void show() {
        parallel.show(runs().by(Goal.ACCURACY), Map.of(), 0);
    }

    private List<Integer> kept() {
        return parallel.keptRuns().stream().sorted().toList();
    }

    private Line line(int run) {
        return parallel.coordinates().lines().stream()
                .filter(line -> line.run() == run)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_key_but_the_seed_has_an_axis_and_the_goal_is_the_last() {
        assertThat(parallel.coordinates().axes())
                .extracting(Axis::name)
                .containsExactly("learningRate", "update", "batchSize", "held-out accuracy");
        parallel.seedsProperty().set(true);
        assertThat(parallel.coordinates().axes())
                .extracting(Axis::name)
                .containsExactly(
                        "learningRate", "update", "batchSize", "seed", "held-out accuracy");
    }

    @Test
    void a_finished_run_reaches_the_goal_and_others_end_before_it() {
        assertThat(line(2).at()).containsExactly(0.5, 0.0, 0.5, 0.0);
        assertThat(line(1).at()).containsExactly(0.0, 1.0, 0.0, 1.0);
        assertThat(line(1).best()).isTrue();
        assertThat(line(1).goodness()).isEqualTo(1);
        assertThat(line(3).goodness()).isCloseTo(0.5, within(1e-9));
        for (int unfinished : new int[] {4, 5}) {
            assertThat(line(unfinished).at()).hasSize(3);
            assertThat(line(unfinished).finished()).isFalse();
            assertThat(line(unfinished).best()).isFalse();
        }
        assertThat(parallel.coordinates().lines()).as("a waiting run has no line").hasSize(5);
        parallel.show(runs().by(Goal.ACCURACY), Map.of(), 6);
        assertThat(line(6).at()).containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void what_is_drawn_from_a_range_has_an_axis_of_all_of_it() {
        Values.Range range = new Values.Range(1e-4, 1, true, false);
        parallel.show(runs().by(Goal.ACCURACY), Map.of("method.learningRate", range), 0);
        Axis axis = parallel.coordinates().axes().getFirst();
        assertThat(axis.scale()).isEqualTo(Axis.Scale.LOG);
        assertThat(axis.ticks())
                .extracting(Axis.Tick::text)
                .containsExactly("1e-4", "0.001", "0.01", "0.1", "1");
        assertThat(line(2).at().getFirst()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void where_less_is_better_the_best_run_is_the_lowest() {
        parallel.show(runs().by(Goal.LOSS), Map.of(), 0);
        assertThat(line(1).at().getLast()).isZero();
        assertThat(line(1).goodness()).isEqualTo(1);
    }

    @Test
    void ranges_on_several_axes_keep_what_lies_in_all_of_them() {
        assertThat(parallel.isBrushed()).isFalse();
        parallel.brush(0, 0.4, 1);
        assertThat(kept()).containsExactly(2, 3, 4, 5);
        parallel.brush(1, 1, 0.9);
        assertThat(kept()).as("upside down is the same range").containsExactly(3, 5);
        parallel.brush(3, 0, 1);
        assertThat(kept()).as("a range of the goal needs one").containsExactly(3);
        assertThat(parallel.rangeWords())
                .startsWith("1 of 5 runs: learningRate 0.00631 to 0.1; update sgd; held-out");
        parallel.clear(3);
        parallel.clear(0);
        assertThat(kept()).containsExactly(1, 3, 5);
        parallel.clearAll();
        assertThat(parallel.isBrushed()).isFalse();
        assertThat(kept()).hasSize(5);
    }

    @Test
    void next_to_nothing_is_no_range_and_what_lies_outside_is_cut() {
        parallel.brush(0, 0.5, 0.503);
        assertThat(parallel.isBrushed()).isFalse();
        parallel.brush(0, -3, 0.2);
        assertThat(parallel.brushOf(0)).hasValue(new Brush(0, 0.2));
    }

    @Test
    void a_range_of_the_goal_stays_one_of_the_same_figures_when_a_worse_run_ends() {
        parallel.brush(3, 0.5, 1);
        assertThat(kept()).containsExactly(1, 3);
        SweepResults more = runs().run(RunState.FINISHED, 0.1, "0.1, adam, 4, 1").by(Goal.ACCURACY);
        parallel.show(more, Map.of(), 0);
        assertThat(kept()).containsExactly(1, 3);
        assertThat(parallel.brushOf(3).orElseThrow().from()).isCloseTo(0.875, within(1e-9));
        assertThat(parallel.brushOf(3).orElseThrow().to()).isEqualTo(1);
    }

    @Test
    void the_keyboard_chooses_an_axis_and_moves_its_range() {
        parallel.moveFocus(1);
        parallel.moveFocus(9);
        assertThat(parallel.focusedAxisProperty().get()).isEqualTo(3);
        parallel.moveBrush(0.05);
        assertThat(parallel.brushOf(3)).hasValue(new Brush(0.75, 1));
        parallel.moveBrush(0.05);
        assertThat(parallel.brushOf(3)).as("at the end").hasValue(new Brush(0.75, 1));
        parallel.growBrush(0.25);
        assertThat(parallel.brushOf(3)).hasValue(new Brush(0.5, 1));
        assertThat(kept()).containsExactly(1, 3);
        parallel.moveBrush(-0.25);
        assertThat(parallel.brushOf(3)).hasValue(new Brush(0.25, 0.75));
        for (int i = 0; i < 30; i++) {
            parallel.growBrush(-0.05);
        }
        assertThat(parallel.brushOf(3)).as("shrunk, and still there").isPresent();
        parallel.moveFocus(-9);
        assertThat(parallel.focusedAxisProperty().get()).isZero();
    }

    @Test
    void pointing_finds_the_nearest_run_that_is_not_faded() {
        // Half way between the first two axes, runs 1 and 5 pass at 0.5 and 0.75.
        parallel.pointAt(1 / 6.0, 0.52, 0.3, 0.1);
        assertThat(parallel.hoveredProperty().get().run()).isEqualTo(1);
        parallel.pointAt(1 / 6.0, 0.74, 0.3, 0.1);
        assertThat(parallel.hoveredProperty().get().words())
                .isEqualTo(
                        "run-0005 · learningRate=0.01, update=sgd, batchSize=16, seed=1 · killed");
        parallel.brush(0, 0, 0.2);
        parallel.pointAt(1 / 6.0, 0.74, 0.3, 0.1);
        assertThat(parallel.hoveredProperty().get()).isNull();
        parallel.pointAt(0.95, 0.9, 0.3, 0.2);
        assertThat(parallel.hoveredProperty().get().words())
                .contains("run-0001", "accuracy 90.0 %, loss 0.100", "finished");
    }

    @Test
    void who_cannot_see_it_hears_axes_the_best_run_and_the_ranges() {
        parallel.brush(1, 0.9, 1);
        assertThat(parallel.accessibleText())
                .startsWith(
                        "Parallel coordinates of 5 runs over learningRate, update, batchSize,"
                                + " held-out accuracy. Best: run-0001 · learningRate=0.001")
                .endsWith("At the axis learningRate. 3 of 5 runs: update sgd.");
        parallel.show(null, Map.of(), 0);
        assertThat(parallel.accessibleText()).contains("no sweep is shown");
        parallel.moveBrush(0.05);
        parallel.growBrush(0.05);
        parallel.pointAt(0.5, 0.5, 1, 1);
        assertThat(parallel.isBrushed()).isFalse();
    }
}
