package io.pocketllm.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.run.Calibration;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.MemoryLimit;
import io.pocketllm.run.PauseReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhoneReadoutTest {

    private final InlineTasks tasks = new InlineTasks();
    private final FakeRun.Launcher launcher = new FakeRun.Launcher();
    private final TrainViewModel train = new TrainViewModel(launcher, tasks);
    private final DeviceProfile phone = Sample.phone();

    @BeforeEach
    void start() {
        train.previewProperty().set(Sample.preview(Sample.file()));
        train.start(Sample.file());
    }

    private PhoneReadout after(Event... events) {
        for (Event event : events) {
            launcher.last().say(event);
        }
        tasks.tick();
        return PhoneReadout.of(train.phone(), phone);
    }

    private static Event.Started started() {
        return Sample.limited(512 * Sample.MB, 600, MemoryLimit.CGROUP, Calibration.HOST_PROBE);
    }

    @Test
    void before_the_phone_has_said_anything_its_figures_are_dashes() {
        assertThat(after(Sample.memory(1, 100, 512))).isEqualTo(PhoneReadout.NOTHING);
    }

    @Test
    void the_latest_state_is_told_with_throttling_limit_and_calibration() {
        PhoneReadout now = after(started(), Sample.phone(10, null), Sample.phone(400, null));
        assertThat(now.temperature()).isEqualTo("39.0 °C");
        assertThat(now.clock()).isEqualTo("85 %");
        assertThat(now.throttleStep()).isEqualTo(1);
        assertThat(now.battery()).isEqualTo("96.0 %");
        assertThat(now.phoneTime()).isEqualTo("5 min 52 s");
        assertThat(now.limit()).contains("control group");
        assertThat(now.calibration()).contains("measured on this computer");
        assertThat(now.waiting()).isEmpty();
    }

    @Test
    void what_a_real_phone_does_not_tell_is_a_dash() {
        PhoneReadout now = after(started(), Sample.realPhone(10, 33.9));
        assertThat(now.temperature()).isEqualTo("33.9 °C");
        assertThat(now.clock()).isEqualTo("–");
        assertThat(now.battery()).isEqualTo("71.0 % ⚡");
        assertThat(now.clockFraction()).isEqualTo(1);
        assertThat(after(Sample.realPhone(20, null)).temperature()).isEqualTo("–");
    }

    @Test
    void a_phone_that_makes_the_run_wait_says_why_until_the_run_goes_on() {
        Event.Paused paused = new Event.Paused(90_000, 400, PauseReason.TOO_WARM);
        assertThat(after(started(), Sample.phone(400, null), paused).waiting())
                .isEqualTo("Waits to cool: trains again below 40 °C.");
        assertThat(after(new Event.Paused(91_000, 400, PauseReason.NO_CHARGER)).waiting())
                .contains("charger");
        assertThat(after(new Event.Resumed(92_000, 400, PauseReason.NO_CHARGER)).waiting())
                .isEmpty();
    }

    @Test
    void a_kill_while_the_model_is_loaded_is_explained_too() {
        PhoneReadout now =
                after(
                        new Event.Killed(
                                500,
                                "",
                                "",
                                530 * Sample.MB,
                                512 * Sample.MB,
                                0,
                                500 * Sample.MB,
                                MemoryLimit.POLLED));
        assertThat(now.killed())
                .isEqualTo("Killed before its first step: it held 530 MB, 30 MB over the line.");
    }

    @Test
    void what_a_run_said_of_one_phone_is_not_shown_as_that_of_another() {
        after(started(), Sample.phone(400, null));
        DeviceProfile other = Sample.phone("redmi-12c", "Redmi 12C", 4, 1434 * Sample.MB);
        assertThat(PhoneReadout.of(train.phone(), other)).isEqualTo(PhoneReadout.NOTHING);
    }

    @Test
    void the_last_state_stays_when_the_run_is_over() {
        after(started(), Sample.phone(400, null), new Event.Paused(1, 400, PauseReason.TOO_WARM));
        PhoneReadout end =
                after(new Event.Finished(9, 400, true, 0.4, 0.8, 0.5, null, 300 * Sample.MB));
        assertThat(end.temperature()).isEqualTo("39.0 °C");
        assertThat(end.waiting()).isEmpty();
    }

    @Test
    void the_charger_is_passed_on_to_a_run_that_goes_on_alone() {
        train.plug(true);
        train.plug(false);
        assertThat(launcher.last().commands()).containsExactly("plug", "unplug");
        launcher.last().exit(ExitCode.INTERNAL_ERROR);
        tasks.tick();
        train.plug(true);
        assertThat(launcher.last().commands()).hasSize(2);
    }

    @Test
    void cores_say_which_are_busy_and_at_which_clock() {
        assertThat(PhoneCores.words(phone, 3, 0.85, true).replace('\u00a0', ' '))
                .isEqualTo("2 × A78 busy at 2.0 GHz · 1 × A55 busy at 1.7 GHz · 5 × A55 idle");
        assertThat(PhoneCores.words(phone, 2, 1, false).replace('\u00a0', ' '))
                .isEqualTo("2 × A78 at 2.4 GHz · 6 × A55 idle");
    }
}
