package io.pocketllm.run.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranking and grouping. */
class SweepResultsTest {

    private static final double NONE = Double.NaN;

    private final List<RunResult> runs = new ArrayList<>();

    private void run(Combination combination, RunState state, double loss, double accuracy) {
        runs.add(new RunResult(combination, state, 9, loss, accuracy, NONE, 1, 1, ""));
    }

    @Test
    void finished_runs_come_first_by_the_goal_then_those_stopped_early_then_the_others()
            throws Exception {
        List<Combination> c =
                SmallSweep.parse("\"parameters\": { \"training.batchSize\": [1, 2, 3, 4, 5, 6] }")
                        .combinations();
        run(c.get(0), RunState.DIVERGED, NONE, NONE);
        run(c.get(1), RunState.FINISHED, 0.5, 0.8);
        run(c.get(2), RunState.STOPPED_EARLY, 0.1, 0.99);
        run(c.get(3), RunState.FINISHED, 0.6, 0.9);
        run(c.get(4), RunState.KILLED, 0.2, 0.95);
        run(c.get(5), RunState.FINISHED, NONE, NONE);

        SweepResults byAccuracy = SweepResults.of(Goal.ACCURACY, runs);
        assertThat(byAccuracy.runs())
                .extracting(run -> run.combination().number())
                .containsExactly(4, 2, 6, 3, 1, 5);
        assertThat(byAccuracy.best()).hasValueSatisfying(b -> assertThat(b.loss()).isEqualTo(0.6));
        assertThat(byAccuracy.groups()).isEmpty();
        assertThat(SweepResults.of(Goal.LOSS, runs).runs())
                .extracting(run -> run.combination().number())
                .containsExactly(2, 4, 6, 3, 1, 5);
    }

    @Test
    void runs_that_differ_in_their_seed_alone_are_one_group_with_mean_and_deviation()
            throws Exception {
        List<Combination> c =
                SmallSweep.parse(
                                "\"parameters\": { \"method.learningRate\": [0.1, 0.2], \"seed\": [1, 2, 3] }")
                        .combinations();
        run(c.get(0), RunState.FINISHED, 1, 0.5);
        run(c.get(1), RunState.FINISHED, 2, 0.6);
        run(c.get(2), RunState.FINISHED, 3, 0.7);
        run(c.get(3), RunState.FINISHED, 0.5, 0.9);
        run(c.get(4), RunState.DIVERGED, 77, 0.1);
        run(c.get(5), RunState.WAITING, NONE, NONE);

        var groups = SweepResults.of(Goal.ACCURACY, runs).groups();
        assertThat(groups)
                .extracting(
                        group -> SettingText.of(group.settings()),
                        group -> group.runs(),
                        group -> group.finished().size())
                .containsExactly(tuple("learningRate=0.2", 3, 1), tuple("learningRate=0.1", 3, 3));
        assertThat(groups.getFirst().over(RunResult::accuracy).mean()).isEqualTo(0.9);
        assertThat(groups.getFirst().over(RunResult::accuracy).deviation()).isNaN();
        assertThat(groups.getLast().over(RunResult::loss).mean()).isEqualTo(2);
        assertThat(groups.getLast().over(RunResult::loss).deviation()).isCloseTo(1, within(1e-12));
        assertThat(groups.getLast().over(RunResult::accuracy).deviation())
                .isCloseTo(0.1, within(1e-12));
    }

    @Test
    void the_cost_of_a_run_is_that_of_all_its_workers(@TempDir Path folder) throws Exception {
        Path events = folder.resolve("events.ndjson");
        assertThat(RunCost.of(events)).isEqualTo(new RunCost(0, 0));
        Files.writeString(
                events,
                """
                {"event":"memory","elapsedMillis":100,"rssBytes":900,"heapBytes":5}
                {"event":"step","elapsedMillis":4000,"step":1}
                {"event":"memory","elapsedMillis":3998,"rssBytes":700,"heapBytes":9999}
                {"event":"step","elapsedMillis":5000,"step":2}
                {"event":"memory","elapsedMillis":120,"rssBytes":300}
                {"event":"finished","elapsedMillis":2000,"peakRssBytes":950}
                {"event":"ste""");
        assertThat(RunCost.of(events)).isEqualTo(new RunCost(7000, 950));
    }

    @Test
    void keys_are_shortened_where_that_stays_clear() {
        List<String> keys = List.of("model.path", "data.path", "method.update", "seed");
        assertThat(keys)
                .extracting(key -> SettingText.shortKey(key, keys))
                .containsExactly("model.path", "data.path", "update", "seed");
    }
}
