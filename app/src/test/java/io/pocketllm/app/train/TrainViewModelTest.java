package io.pocketllm.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrainViewModelTest {

    private final FakeRun.Launcher launcher = new FakeRun.Launcher();
    private final InlineTasks tasks = new InlineTasks();
    private final TrainViewModel train = new TrainViewModel(launcher, tasks);

    private FakeRun start() {
        train.start(Sample.file());
        return launcher.last();
    }

    private FakeRun running() {
        FakeRun run = start();
        run.say(Sample.started(512 * Sample.MB, 600));
        run.say(Sample.evaluated(0, 1.3, 0.57));
        run.say(Sample.step(1, 1.2));
        tasks.tick();
        return run;
    }

    private RunState state() {
        return train.stateProperty().get();
    }

    @Test
    void a_run_prepares_runs_and_finishes_in_words() {
        FakeRun run = start();
        assertThat(state()).isEqualTo(RunState.PREPARING);
        run.say(new Event.Preparing(100, "Loading the model", 0.5));
        tasks.tick();
        assertThat(StatusText.state(train)).isEqualTo("Loading the model, 50 %…");
        run.say(Sample.started(512 * Sample.MB, 600));
        run.say(new Event.Reference(1500, "first-order head", "validation", 0.3, 0.88));
        run.say(Sample.step(600, 0.4));
        run.say(new Event.Finished(123_000, 600, false, 0.4, 0.82, 0.57, 0.81, 300 * Sample.MB));
        run.exit(ExitCode.DONE);
        tasks.tick();
        assertThat(state()).isEqualTo(RunState.FINISHED);
        Banner banner = train.outcomeProperty().get();
        assertThat(banner.title()).isEqualTo("Finished: 600 steps in 2 min 3 s");
        assertThat(banner.text())
                .isEqualTo(
                        "Held-out accuracy from 57.0 % to 82.0 % · first-order head reaches 88.0 %"
                                + " · test accuracy 81.0 % · at most 300 MB of memory.");
    }

    @Test
    void many_events_are_one_change() {
        FakeRun run = running();
        int before = train.revisionProperty().get();
        for (int i = 2; i < 500; i++) {
            run.say(Sample.step(i, 1));
        }
        tasks.tick();
        assertThat(train.revisionProperty().get()).isEqualTo(before + 1);
        assertThat(train.figures().step()).isEqualTo(499);
    }

    @Test
    void pause_waits_for_the_worker_to_confirm() {
        FakeRun run = running();
        train.togglePause();
        assertThat(state()).isEqualTo(RunState.PAUSING);
        run.say(new Event.Paused(3000, 2));
        tasks.tick();
        assertThat(state()).isEqualTo(RunState.PAUSED);
        train.togglePause();
        run.say(new Event.Resumed(9000, 2));
        tasks.tick();
        assertThat(state()).isEqualTo(RunState.RUNNING);
        assertThat(run.commands()).containsExactly("pause", "resume");
    }

    @Test
    void the_time_left_does_not_count_pauses() {
        FakeRun run = running();
        run.say(new Event.Paused(2300, 1));
        run.say(new Event.Resumed(900_000, 1));
        run.say(new Event.Step(900_200, 2, 1, 1, 1, 0.002, 200, null, 10, 0));
        tasks.tick();
        assertThat(train.figures().secondsLeft()).isBetween(100.0, 140.0);
    }

    @Test
    void stop_is_polite_once_and_final_when_asked_again() {
        FakeRun run = running();
        train.stop();
        assertThat(state()).isEqualTo(RunState.STOPPING);
        train.stop();
        tasks.tick();
        assertThat(run.commands()).containsExactly("stop", "kill");
        assertThat(state()).isEqualTo(RunState.FINISHED);
        assertThat(train.outcomeProperty().get().title()).isEqualTo("Ended at once after step 1");
    }

    @Test
    void a_worker_that_does_not_stop_by_itself_is_ended_after_a_while_and_that_is_said() {
        FakeRun run = running();
        train.stop();
        int grace = TrainViewModel.STOP_GRACE_SECONDS * TrainViewModel.TICKS_A_SECOND;
        for (int i = 0; i < grace; i++) {
            run.say(Sample.memory(3000 + 200L * i, 300, 512));
            tasks.tick();
        }
        assertThat(run.commands()).containsExactly("stop");
        tasks.tick();
        tasks.tick();
        assertThat(run.commands()).containsExactly("stop", "kill");
        assertThat(state()).isEqualTo(RunState.FINISHED);
        assertThat(train.outcomeProperty().get().title()).contains("did not stop by itself");
        assertThat(train.outcomeProperty().get().text()).contains("60 s").contains("--resume");
    }

    @Test
    void a_worker_that_still_talks_is_not_ended() {
        FakeRun run = running();
        train.stop();
        for (int i = 0; i < 3 * TrainViewModel.STOP_GRACE_SECONDS; i++) {
            run.say(Sample.step(2 + i, 1));
            for (int tick = 0; tick < TrainViewModel.TICKS_A_SECOND; tick++) {
                tasks.tick();
            }
        }
        assertThat(run.commands()).containsExactly("stop");
    }

    @Test
    void a_kill_is_explained_with_numbers_and_a_way_out() {
        FakeRun run = running();
        run.say(
                new Event.Killed(
                        4000,
                        "above the budget",
                        "Use a smaller batch.",
                        530 * Sample.MB,
                        512 * Sample.MB,
                        12));
        run.exit(ExitCode.KILLED);
        tasks.tick();
        assertThat(state()).isEqualTo(RunState.KILLED);
        Banner banner = train.outcomeProperty().get();
        assertThat(banner.title()).contains("after step 12");
        assertThat(banner.text())
                .isEqualTo(
                        "The run held 530 MB; OPPO Reno6 5G grants it 512 MB. Use a smaller batch.");
        assertThat(banner.actions()).contains(Banner.Action.MORE_MEMORY);
        assertThat(train.figures().peakRssBytes()).isEqualTo(530 * Sample.MB);
    }

    @Test
    void a_loss_that_is_no_number_is_told_with_what_to_do() {
        FakeRun run = running();
        run.say(new Event.Diverged(4000, 13, "The loss is NaN", null));
        run.exit(ExitCode.DIVERGED);
        tasks.tick();
        assertThat(state()).isEqualTo(RunState.DIVERGED);
        assertThat(train.outcomeProperty().get().text())
                .isEqualTo("The loss is NaN. Lower the learning rate or ε.");
    }

    @Test
    void a_worker_that_vanishes_is_a_failure_and_the_next_run_starts() {
        FakeRun run = running();
        run.exit(ExitCode.INTERNAL_ERROR);
        tasks.tick();
        assertThat(state()).isEqualTo(RunState.FAILED);
        assertThat(train.outcomeProperty().get().text()).contains("exit code 1");
        start();
        assertThat(state()).isEqualTo(RunState.PREPARING);
        assertThat(train.outcomeProperty().get()).isNull();
        assertThat(train.series().loss().isEmpty()).isTrue();
    }

    @Test
    void a_worker_that_cannot_be_started_says_why() {
        TrainViewModel broken =
                new TrainViewModel(
                        (file, listener) -> {
                            throw new IOException("disk full");
                        },
                        tasks);
        broken.start(Sample.file());
        tasks.tick();
        assertThat(broken.stateProperty().get()).isEqualTo(RunState.FAILED);
        assertThat(broken.outcomeProperty().get().text()).isEqualTo("disk full.");
    }

    @Test
    void a_run_that_goes_on_is_not_started_twice() {
        running();
        train.start(Sample.file());
        assertThat(launcher.count()).isEqualTo(1);
    }

    @Test
    void shutting_down_stops_and_then_ends_a_worker_that_does_not_answer() {
        FakeRun run = running();
        CompletableFuture<Void> done = train.shutDown(Duration.ofMillis(50));
        done.join();
        assertThat(run.commands()).containsExactly("stop", "kill");
    }

    @Test
    void the_report_has_versions_settings_and_events_and_no_home() {
        FakeRun run = running();
        run.say(
                new Event.Failed(
                        5000, System.getProperty("user.home") + "/data is not there", "Check it."));
        run.exit(ExitCode.BAD_INPUT);
        tasks.tick();
        assertThat(train.report())
                .contains("~/data is not there")
                .contains("\"learningRate\"")
                .contains("step 1: loss 1.200")
                .contains(System.getProperty("java.runtime.version"))
                .doesNotContain(System.getProperty("user.home") + "/");
    }
}
