package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.CoolChargingPolicy;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.PhonePacer;
import io.pocketllm.device.PhoneSimulation;
import io.pocketllm.device.PhoneSnapshot;
import io.pocketllm.device.RateFactors;
import io.pocketllm.device.SimulatedPhone;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.zo.PassCount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The phone's side of a run, without a worker and on a clock of the test's own. */
@Timeout(60)
class TrainingPhoneTest {

    private static final PassCount NOTHING = PassCount.NONE;

    @TempDir private Path folder;

    private final List<Event> events = new ArrayList<>();
    private final RunControl control = new RunControl();
    private final FakeTime time = new FakeTime();
    private final PassMeter meter = new PassMeter(Path.of("target"));
    private DeviceProfile profile;
    private RunFile file;

    @BeforeEach
    void read() throws Exception {
        profile = DeviceCatalogue.find("oppo-reno6-5g");
        file = SmallInbox.run(folder, "head", 1, "device.profile", "oppo-reno6-5g");
    }

    private SimulatedTrainingPhone phone(CoolChargingPolicy policy, PhonePacer pacer) {
        RunSpec spec = file.spec();
        PhoneSimulation simulation =
                new PhoneSimulation(
                        SimulatedPhone.of(profile),
                        spec.device().surroundings(),
                        RateFactors.ESTIMATED);
        return new SimulatedTrainingPhone(
                simulation,
                spec,
                meter,
                Calibration.ESTIMATED,
                policy,
                pacer,
                control,
                Stopwatch.fromNow(),
                events::add);
    }

    private CoolChargingPolicy coolPolicy() {
        return new CoolChargingPolicy(30, 27, false);
    }

    private List<Event.Phone> told() {
        return RecordedRun.of(Event.Phone.class, events);
    }

    /** Some seconds of plain work: rows of a linear layer. */
    private void work(double gigaflop) {
        PassWatch.Listener linear = meter.ofLinear(1_000_000, (long) (gigaflop * 500));
        linear.ran(1, 1, 0);
    }

    @Test
    void aRunInRealTimeTakesAsLongAsThePhone() {
        SimulatedTrainingPhone phone = phone(null, new PhonePacer(time));
        double phoneMillis = 0;
        phone.begin();
        for (int step = 1; step <= 100; step++) {
            time.now += 3_000_000 + 1_000_000L * (step % 5);
            work(0.2 + 0.05 * (step % 3));
            phoneMillis += phone.stepped(step, NOTHING);
        }

        assertThat(phoneMillis).isGreaterThan(1000);
        assertThat(time.now / 1e6).isCloseTo(phoneMillis, within(0.05 * phoneMillis));
    }

    @Test
    void aStoppedRunDoesNotWaitForThePhone() {
        SimulatedTrainingPhone phone = phone(null, new PhonePacer(control.time()));
        phone.begin();
        control.give(RunCommand.STOP);
        work(1e6);

        assertThat(phone.stepped(1, NOTHING)).as("hours on the phone").isGreaterThan(3_600_000);
    }

    @Test
    void passesOverTheWeightsTakeTimeToo() {
        SimulatedTrainingPhone phone = phone(null, null);

        double few = phone.stepped(1, new PassCount(1e6, 1e6, 2));
        double many = phone.stepped(2, new PassCount(1e8, 1e8, 2));

        assertThat(many).isBetween(50 * few, 110 * few);
    }

    @Test
    void aWarmPhonePausesTheRunUntilItIsCoolAndItsTimeGoesOn() {
        SimulatedTrainingPhone phone = phone(coolPolicy(), null);
        int step = 0;
        while (!phone.waitUntilAllowed(step)) {
            work(200);
            phone.stepped(++step, NOTHING);
            assertThat(step).as("steps until it is warm").isLessThan(1000);
        }

        Event.Paused paused = RecordedRun.of(Event.Paused.class, events).getFirst();
        Event.Resumed resumed = RecordedRun.of(Event.Resumed.class, events).getFirst();
        assertThat(paused.step()).isEqualTo(step).isPositive();
        assertThat(paused.reason()).isEqualTo("too-warm").isEqualTo(resumed.reason());
        Event.Phone hot = told().get(told().size() - 2);
        Event.Phone cool = told().getLast();
        assertThat(hot.temperatureCelsius()).isGreaterThanOrEqualTo(30);
        assertThat(hot.pausedBy()).isEqualTo("too-warm");
        assertThat(cool.temperatureCelsius()).isLessThan(27);
        assertThat(cool.pausedBy()).isNull();
        assertThat(cool.phoneElapsedMillis()).isGreaterThan(hot.phoneElapsedMillis() + 60_000);
        assertThat(phone.waitUntilAllowed(step)).isFalse();
    }

    @Test
    void aChargerThatIsTakenAwayPausesTheRunUntilItIsBack() throws Exception {
        file = file.with("device.chargingWatts", "10");
        SimulatedTrainingPhone phone = phone(new CoolChargingPolicy(90, 80, true), null);
        assertThat(phone.waitUntilAllowed(0)).isFalse();
        control.give(RunCommand.UNPLUG);

        Thread helper =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (events.stream()
                                            .noneMatch(Event.Paused.class::isInstance)) {
                                        Thread.onSpinWait();
                                    }
                                    control.give(RunCommand.PLUG);
                                });
        assertThat(phone.waitUntilAllowed(3)).isTrue();
        helper.join();

        assertThat(RecordedRun.of(Event.Paused.class, events))
                .containsExactly(
                        new Event.Paused(
                                RecordedRun.of(Event.Paused.class, events)
                                        .getFirst()
                                        .elapsedMillis(),
                                3,
                                "no-charger"));
        assertThat(told().getFirst().charging()).isFalse();
        assertThat(told().getLast().charging()).isTrue();
        assertThat(told().getLast().pausedBy()).isNull();
    }

    @Test
    void aPhoneGoesOnWhereAnEarlierWorkersWas() {
        SimulatedTrainingPhone phone = phone(null, null);
        phone.restore(new PhoneSnapshot(7_200_000, 41, 1, 0.8, 63.5, 30_000), true, 44);

        phone.prepared(12, NOTHING);

        Event.Phone now = told().getFirst();
        assertThat(now.step()).isEqualTo(12);
        assertThat(now.phoneElapsedMillis()).isEqualTo(7_200_000);
        assertThat(now.temperatureCelsius()).isEqualTo(41);
        assertThat(now.throttleStep()).isEqualTo(1);
        assertThat(now.clockFraction()).isLessThan(1);
        assertThat(now.batteryPercent()).isCloseTo(63.5, within(1e-9));
        assertThat(now.joules()).isEqualTo(30_000);
        assertThat(now.charging()).isTrue();
        Event.Finished end = phone.complete(new Event.Finished(1, 12, false, .1, .1, .1, .1, 0));
        assertThat(end.hottestCelsius()).isEqualTo(44);
        assertThat(end.batteryUsedPercent()).isCloseTo(36.5, within(1e-9));
    }

    @Test
    void anEmptyBatteryIsToldOnceAndTheRunGoesOn() throws Exception {
        file = file.with("device.startBatteryPercent", "0.01");
        SimulatedTrainingPhone phone = phone(null, null);
        for (int step = 1; step <= 5; step++) {
            work(500);
            assertThat(phone.stepped(step, NOTHING)).isPositive();
        }

        assertThat(RecordedRun.of(Event.Warning.class, events))
                .singleElement()
                .satisfies(w -> assertThat(w.hint()).contains("device.chargingWatts"));
    }

    @Test
    void aPersonsPauseLetsThePhoneRest() {
        SimulatedTrainingPhone phone = phone(null, null);
        work(1000);
        phone.stepped(1, NOTHING);
        phone.rested(1, 600_000);

        assertThat(told().getLast().phoneElapsedMillis()).isGreaterThan(600_000);
        assertThat(told().getLast().temperatureCelsius()).isLessThan(28);
    }

    private static final class FakeTime implements PhonePacer.Time {
        long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(long nanos) {
            now += nanos + 2_000_000;
        }
    }
}
