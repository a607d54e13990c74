package io.pocketllm.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakeSweeps;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.task.InlineTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that is run and looked at. */
class SweepsViewModelTest {

    @TempDir private Path home;

    private final InlineTasks tasks = new InlineTasks();
    private FakeSweeps engine;
    private SweepsViewModel sweeps;
    private boolean busy;
    private SweepRow firstRow;

    @BeforeEach
    void typeASweep() {
        engine = new FakeSweeps(home);
        sweeps = new SweepsViewModel(engine, tasks, () -> busy);
        sweeps.draft().base(Sample.file());
        sweeps.draft().linesProperty().set("method.learningRate = 0.1, 0.3\nseed = 1, 2");
        tasks.tick();
    }

    private List<SweepRow> rows(boolean grouped) {
        return SweepRow.of(sweeps.resultsProperty().get(), grouped, sweeps.live());
    }

    @Test
    void its_runs_follow_each_other_and_are_ranked() {
        List<String> progress = new ArrayList<>();
        engine.during = number -> progress.add(sweeps.progressProperty().get().text());
        sweeps.start();
        assertThat(progress)
                .containsExactly(
                        "run 1 of 4 · learningRate=0.1, seed=1 · step 10 of 40",
                        "run 2 of 4 · learningRate=0.1, seed=2 · step 10 of 40 · 5 min left",
                        "run 3 of 4 · learningRate=0.3, seed=1 · step 10 of 40 · 5 min left",
                        "run 4 of 4 · learningRate=0.3, seed=2 · step 10 of 40 · 5 min left");
        assertThat(sweeps.runningProperty().get()).isFalse();
        assertThat(sweeps.toldProperty().get()).isEqualTo("All runs are done.");
        assertThat(rows(false)).extracting(SweepRow::place).containsExactly("1", "2", "3", "4");
        assertThat(rows(false).getFirst().values()).containsExactly("0.1", "1");
        assertThat(rows(false)).extracting(SweepRow::state).containsOnly("finished");
    }

    @Test
    void the_run_that_goes_on_shows_what_it_measures() {
        List<SweepRow> second = new ArrayList<>();
        List<String> group = new ArrayList<>();
        engine.events = List.of(Sample.memory(900, 270, 512), Sample.evaluated(10, 0.61, 0.75));
        engine.during =
                number -> {
                    if (number == 2) {
                        rows(false).stream().filter(SweepRow::goesOn).forEach(second::add);
                        rows(true).forEach(row -> group.add(row.state()));
                        firstRow = rows(false).getFirst();
                        assertThat(rows(false).get(1).place()).isEqualTo("1");
                    }
                };
        sweeps.start();
        assertThat(second).hasSize(1);
        assertThat(firstRow).as("stands before the ranks").isEqualTo(second.getFirst());
        SweepRow row = second.getFirst();
        assertThat(row.values()).containsExactly("0.1", "2");
        assertThat(row.state()).isEqualTo("running, step 10 of 40");
        assertThat(row.accuracy()).isEqualTo("75.0 %");
        assertThat(row.loss()).isEqualTo("0.610");
        assertThat(row.memory()).isEqualTo("270 MB");
        assertThat(group).containsExactly("1 of 2 finished, one running", "0 of 2 finished");
        assertThat(rows(false)).extracting(SweepRow::goesOn).containsOnly(false);
    }

    @Test
    void a_run_that_the_rule_stops_says_why() throws Exception {
        sweeps.start();
        Path run = home.resolve("sweep/run-0002");
        SampleRuns.stopped(run, 10);
        Files.writeString(
                run.resolve("stopped-early.json"),
                "{\"rule\": \"median\", \"step\": 10, \"bestLoss\": 0.91, \"medianOfMeans\": 0.62}");
        sweeps.open(home.resolve("sweep"));
        assertThat(rows(false))
                .extracting(SweepRow::state)
                .contains(
                        "stopped early, step 10: best held-out loss 0.910, the median of the runs"
                                + " before it 0.620");
    }

    @Test
    void seeds_are_taken_together() {
        sweeps.start();
        assertThat(SweepRow.keys(sweeps.resultsProperty().get(), true))
                .containsExactly("method.learningRate");
        assertThat(rows(true)).hasSize(2);
        assertThat(rows(true).getFirst().values()).containsExactly("0.1");
        assertThat(rows(true).getFirst().accuracy()).matches("\\d+\\.\\d ± \\d+\\.\\d %");
        assertThat(rows(true).getFirst().state()).isEqualTo("2 of 2 finished");
    }

    @Test
    void the_map_has_the_better_values_deeper() {
        sweeps.start();
        HeatMap map = HeatMap.of(sweeps.resultsProperty().get(), "method.learningRate", "seed");
        assertThat(map.rows()).containsExactly("0.1", "0.3");
        assertThat(map.columns()).containsExactly("1", "2");
        assertThat(map.cells().getFirst().getFirst().goodness()).isEqualTo(1);
        assertThat(map.cells().getLast().getLast().goodness()).isZero();
        HeatMap averaged = HeatMap.of(sweeps.resultsProperty().get(), "method.learningRate", "");
        assertThat(averaged.cells().getFirst().getFirst().runs()).isEqualTo(2);
        assertThat(averaged.cells().getFirst().getFirst().text())
                .isEqualTo(rows(true).getFirst().accuracy());
    }

    @Test
    void many_keys_begin_with_lines_few_with_the_map_and_what_a_person_chooses_stays() {
        sweeps.start();
        assertThat(sweeps.viewProperty().get()).as("one key and seeds").isEqualTo(SweepView.MAP);
        sweeps.viewProperty().set(SweepView.LINES);
        sweeps.resume();
        assertThat(sweeps.viewProperty().get()).as("another sweep").isEqualTo(SweepView.MAP);

        sweeps.draft()
                .linesProperty()
                .set(
                        "method.learningRate ~ log 1e-4 .. 1e-2\ntraining.batchSize = 8, 16\n"
                                + "data.tokenDropout = 0, 0.1\nrandom 6");
        tasks.tick();
        FakeSweeps second = new FakeSweeps(home.resolve("second"));
        SweepsViewModel three = new SweepsViewModel(second, tasks, () -> false);
        three.draft().base(Sample.file());
        three.draft().linesProperty().set(sweeps.draft().linesProperty().get());
        tasks.tick();
        List<Integer> drawn = new ArrayList<>();
        second.during = number -> drawn.add(three.parallel().coordinates().lines().size());
        three.start();
        assertThat(three.viewProperty().get()).isEqualTo(SweepView.LINES);
        assertThat(drawn)
                .as("those that ended, and the one that goes on")
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(three.parallel().coordinates().axes()).hasSize(4);
    }

    @Test
    void it_is_stopped_and_goes_on_with_what_is_missing() {
        engine.during =
                number -> {
                    if (number == 2) {
                        sweeps.stop();
                    }
                };
        sweeps.start();
        assertThat(sweeps.toldProperty().get()).startsWith("Stopped.");
        assertThat(rows(false)).extracting(SweepRow::state).contains("waiting", "waiting");
        HeatMap map = HeatMap.of(sweeps.resultsProperty().get(), "method.learningRate", "seed");
        assertThat(map.cells().getLast().getFirst().text()).isEqualTo("–");
        List<Integer> again = new ArrayList<>();
        engine.during = again::add;
        sweeps.resume();
        assertThat(again).containsExactly(3, 4);
        assertThat(sweeps.toldProperty().get()).isEqualTo("All runs are done.");
    }

    @Test
    void the_folder_of_one_is_opened_and_another_folder_is_refused() {
        sweeps.start();
        SweepsViewModel other = new SweepsViewModel(engine, tasks, () -> false);
        other.open(home.resolve("sweep"));
        assertThat(other.titleProperty().get()).isEqualTo("inbox-nurse");
        assertThat(other.resultsProperty().get().runs()).hasSize(4);
        other.open(home);
        assertThat(other.toldProperty().get()).contains("is no sweep folder");
    }

    @Test
    void it_does_not_start_beside_a_run() {
        busy = true;
        sweeps.start();
        assertThat(sweeps.toldProperty().get()).contains("A run goes on in Train");
        assertThat(home.resolve("sweep")).doesNotExist();
    }

    @Test
    void a_window_that_starts_no_sweeps_says_so() {
        SweepsViewModel none = new SweepsViewModel(SweepEngine.none(), tasks, () -> false);
        none.draft().base(Sample.file());
        none.start();
        assertThat(none.toldProperty().get()).contains("pocketllm sweep");
        assertThat(none.runningProperty().get()).isFalse();
    }

    @Test
    void closing_stops_it() {
        List<Boolean> done = new ArrayList<>();
        engine.during =
                number ->
                        sweeps.shutDown(Duration.ofSeconds(5))
                                .thenAccept(v -> done.add(sweeps.runningProperty().get()));
        sweeps.start();
        assertThat(done).containsExactly(false);
        assertThat(rows(false)).extracting(SweepRow::state).contains("waiting");
    }
}
