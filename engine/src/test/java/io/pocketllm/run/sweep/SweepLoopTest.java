package io.pocketllm.run.sweep;

import static io.pocketllm.run.sweep.FakeRuns.evaluated;
import static io.pocketllm.run.sweep.FakeRuns.finished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.run.Event;
import io.pocketllm.run.RunFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a sweep runs, in which order, and what it does not run again. */
@Timeout(30)
class SweepLoopTest {

    @TempDir private Path root;

    private final FakeRuns runs = new FakeRuns();
    private Sweep sweep;

    private SweepFolder folder(String rest) throws Exception {
        String parameters =
                "\"parameters\": { \"seed\": [1, 2, 3, 4], \"training.evaluateEvery\": [50] }";
        SweepFile file = SmallSweep.parse(root, 100, parameters + rest);
        return SweepFolder.create(file, root.resolve("out"), root, Shard.WHOLE);
    }

    private Sweep sweep(SweepFolder folder) {
        sweep = new Sweep(folder, runs, folder.file().combinations(), Map.of());
        return sweep;
    }

    private List<RunState> states(SweepFolder folder) {
        return folder.file().combinations().stream().map(folder::state).toList();
    }

    /** Hears events and says when a run starts. */
    private static final class Ear implements SweepListener {
        final List<String> heard = new ArrayList<>();
        Consumer<Position> onStart = position -> {};

        @Override
        public void starts(Position position, boolean resumed) {
            heard.add(
                    position.place()
                            + " of "
                            + position.of()
                            + (resumed ? " resumed" : "")
                            + (position.millisLeft().isPresent() ? " eta" : ""));
            onStart.accept(position);
        }

        @Override
        public void event(Position position, Event event) {}

        @Override
        public void ended(Position position, RunResult result) {
            heard.add(result.state().words());
        }
    }

    @Test
    void every_combination_is_run_once_in_order_whatever_becomes_of_the_one_before()
            throws Exception {
        SweepFolder folder = folder("");
        runs.script(1, new Event.Killed(9, "w", "h", 700, 600, 3));
        runs.script(2, new Event.Diverged(9, 4, "m", "h"));
        runs.script(3, new Event.Failed(9, "m", "h"));
        Ear ear = new Ear();
        assertThat(sweep(folder).run(ear)).isEqualTo(SweepEnd.DONE);
        assertThat(runs.calls)
                .containsExactly(
                        "start run-0001", "start run-0002", "start run-0003", "start run-0004");
        assertThat(states(folder))
                .containsExactly(
                        RunState.KILLED, RunState.DIVERGED, RunState.FAILED, RunState.FINISHED);
        assertThat(ear.heard)
                .containsExactly(
                        "1 of 4",
                        "killed",
                        "2 of 4 eta",
                        "diverged",
                        "3 of 4 eta",
                        "failed",
                        "4 of 4 eta",
                        "finished");

        // What failed is tried again from its trajectory, what is done is not.
        runs.calls.clear();
        runs.script(3, finished(9, 1));
        assertThat(sweep(SweepFolder.existing(folder.path())).run(new Ear()))
                .isEqualTo(SweepEnd.DONE);
        assertThat(runs.calls).containsExactly("resume run-0003");
        assertThat(states(folder).get(2)).isEqualTo(RunState.FINISHED);
    }

    @Test
    void a_stopped_sweep_saves_its_run_and_goes_on_with_it_when_it_is_resumed() throws Exception {
        SweepFolder folder = folder("");
        runs.script(2);
        Ear ear = new Ear();
        ear.onStart =
                position -> {
                    if (position.place() == 2) {
                        sweep.stop();
                    }
                };
        assertThat(sweep(folder).run(ear)).isEqualTo(SweepEnd.INTERRUPTED);
        assertThat(runs.calls).containsExactly("start run-0001", "start run-0002", "stop run-0002");
        assertThat(states(folder))
                .containsExactly(
                        RunState.FINISHED,
                        RunState.INTERRUPTED,
                        RunState.WAITING,
                        RunState.WAITING);

        runs.calls.clear();
        runs.script(2, finished(9, 1));
        assertThat(sweep(SweepFolder.existing(folder.path())).run(new Ear()))
                .isEqualTo(SweepEnd.DONE);
        assertThat(runs.calls)
                .containsExactly("resume run-0002", "start run-0003", "start run-0004");
    }

    @Test
    void a_killed_sweep_is_interrupted_and_not_failed() throws Exception {
        SweepFolder folder = folder("");
        runs.script(1);
        Ear ear = new Ear();
        ear.onStart = position -> sweep.kill();
        assertThat(sweep(folder).run(ear)).isEqualTo(SweepEnd.INTERRUPTED);
        assertThat(runs.calls).containsExactly("start run-0001", "kill run-0001");
    }

    @Test
    void when_the_time_is_over_the_run_is_saved_and_the_rest_stays_open() throws Exception {
        SweepFolder folder = folder(", \"maxMinutes\": 0.01");
        runs.script(1);
        assertThat(sweep(folder).run(new Ear())).isEqualTo(SweepEnd.TIME_OVER);
        assertThat(runs.calls).containsExactly("start run-0001", "stop run-0001");
        assertThat(states(folder)).startsWith(RunState.INTERRUPTED, RunState.WAITING);
    }

    @Test
    void the_median_rule_stops_a_bad_run_which_is_done_then() throws Exception {
        SweepFolder folder = folder(", \"stopEarly\": {\"rule\": \"median\", \"minRuns\": 2}");
        runs.script(1, evaluated(50, 1), evaluated(100, 1), finished(100, 1));
        runs.script(2, evaluated(50, 9), evaluated(100, 1.2), finished(100, 1.2));
        // The start, and what was measured out of turn, do not count.
        runs.script(3, evaluated(0, 0.1), evaluated(25, 0.1), evaluated(50, 6));
        runs.script(4, evaluated(50, 4.5), evaluated(100, 4.5), finished(100, 4.5));
        assertThat(sweep(folder).run(new Ear())).isEqualTo(SweepEnd.DONE);
        assertThat(runs.calls)
                .containsExactly(
                        "start run-0001",
                        "start run-0002",
                        "start run-0003",
                        "stop run-0003",
                        "start run-0004");
        assertThat(states(folder).get(2)).isEqualTo(RunState.STOPPED_EARLY);
        assertThat(folder.path().resolve("run-0003/stopped-early.json"))
                .content()
                .contains("\"step\" : 50", "\"bestLoss\" : 6.0", "\"medianOfMeans\" : 5.0");

        runs.calls.clear();
        assertThat(sweep(SweepFolder.existing(folder.path())).run(new Ear()))
                .isEqualTo(SweepEnd.DONE);
        assertThat(runs.calls).isEmpty();
    }

    @Test
    void what_is_too_large_is_noted_and_run_once_that_is_asked_for() throws Exception {
        SweepFolder folder = folder("");
        List<Combination> all = folder.file().combinations();
        TooLarge why = new TooLarge(9, 5, "pixel");
        assertThat(new Sweep(folder, runs, all, Map.of(all.get(1), why)).run(new Ear()))
                .isEqualTo(SweepEnd.DONE);
        assertThat(runs.calls).doesNotContain("start run-0002").hasSize(3);
        assertThat(states(folder).get(1)).isEqualTo(RunState.SKIPPED);

        runs.calls.clear();
        assertThat(sweep(folder).run(new Ear())).isEqualTo(SweepEnd.DONE);
        assertThat(runs.calls).containsExactly("start run-0002");
        assertThat(states(folder).get(1)).isEqualTo(RunState.FINISHED);
    }

    @Test
    void a_run_that_ended_before_its_first_step_begins_anew() throws Exception {
        SweepFolder folder = folder("");
        Path torn = Files.createDirectories(folder.path().resolve("run-0001"));
        Files.writeString(torn.resolve("run.json"), "{ \"versi");
        Files.writeString(torn.resolve("events.ndjson"), "{\"event\":\"prep");
        Files.writeString(torn.resolve("trajectory.zot"), "");
        sweep(SweepFolder.existing(folder.path())).run(new Ear());
        assertThat(runs.calls).startsWith("start run-0001");
        assertThat(states(folder)).containsOnly(RunState.FINISHED);
    }

    @Test
    void two_sweeps_do_not_work_on_one_folder() throws Exception {
        SweepFolder folder = folder("");
        Sweep second = new Sweep(folder, runs, folder.file().combinations(), Map.of());
        Ear ear = new Ear();
        List<Throwable> refused = new ArrayList<>();
        ear.onStart =
                position -> {
                    try {
                        second.run(new Ear());
                    } catch (RunFileException | IOException e) {
                        refused.add(e);
                    }
                };
        sweep(folder).run(ear);
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e).hasMessageContaining("another program"));
    }

    @Test
    void folders_of_two_computers_merge_by_copying() throws Exception {
        SweepFile file = SmallSweep.parse(root, 100, "\"parameters\": { \"seed\": [1, 2, 3, 4] }");
        Path merged = Files.createDirectories(root.resolve("merged"));
        for (int i = 1; i <= 2; i++) {
            Shard shard = new Shard(i, 2);
            SweepFolder part = SweepFolder.create(file, root.resolve("c" + i), root, shard);
            assertThat(SweepFolder.existing(part.path()).shard()).isEqualTo(shard);
            new Sweep(
                            part,
                            runs,
                            file.combinations().stream().filter(shard::takes).toList(),
                            Map.of())
                    .run(new Ear());
            copy(part.path(), merged);
        }
        SweepResults results = SweepResults.read(SweepFolder.existing(merged));
        assertThat(results.runs()).extracting(RunResult::state).containsOnly(RunState.FINISHED);
        assertThat(results.groups()).hasSize(1);
        assertThat(results.groups().getFirst().finished()).hasSize(4);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var tree = Files.walk(from)) {
            for (Path path : tree.skip(1).toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Test
    void a_run_of_another_sweep_is_not_taken_for_this_ones() throws Exception {
        SweepFolder folder = folder("");
        sweep(folder).run(new Ear());
        Path run = folder.path().resolve("run-0002/run.json");
        Files.writeString(run, Files.readString(run).replace("\"seed\" : 2", "\"seed\" : 22"));
        assertThatThrownBy(() -> SweepFolder.existing(folder.path()))
                .hasMessageContaining("run-0002")
                .hasMessageContaining("is not the run seed=2");
        assertThatThrownBy(() -> SweepFolder.existing(root.resolve("nowhere")))
                .hasMessageContaining("no such folder");
        assertThatThrownBy(() -> SweepFolder.existing(root)).hasMessageContaining("no sweep.json");
    }
}
