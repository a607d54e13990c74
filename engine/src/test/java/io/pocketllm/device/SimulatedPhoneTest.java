package io.pocketllm.device;

import static io.pocketllm.device.HogOnPhone.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Programs that run, end and are killed on a simulated phone: every one is a real process. */
@Timeout(60)
class SimulatedPhoneTest {

    @Test
    void aProgramOverItsBudgetIsKilledAndThePhoneSaysByHowMuch() throws Exception {
        long budget = 300 * MIB;
        try (HogOnPhone hog = new HogOnPhone(budget)) {
            hog.say("take 600");

            LowMemoryKiller.Kill kill = hog.running.awaitVerdict().orElseThrow();

            assertThat(kill.rssBytes()).isGreaterThan(budget);
            assertThat(kill.budgetBytes()).isEqualTo(budget);
            assertThat(kill.peakRssBytes()).isEqualTo(kill.rssBytes());
            assertThat(hog.kills).containsExactly(kill);
            assertThat(hog.readings).last().isEqualTo(kill.rssBytes());
            assertThat(hog.running.peakRssBytes()).isEqualTo(kill.peakRssBytes());
            assertThat(hog.running.process().isAlive()).isFalse();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "exit values of signals are of Unix")
    void theKillIsASigkill() throws Exception {
        try (HogOnPhone hog = new HogOnPhone(MIB)) {
            hog.running.awaitVerdict();

            assertThat(hog.running.process().exitValue()).isEqualTo(128 + 9);
        }
    }

    @Test
    void aProgramUnderItsBudgetLives() throws Exception {
        try (HogOnPhone hog = new HogOnPhone(600 * MIB)) {
            hog.say("take 100");
            assertThat(hog.answer()).isEqualTo("holding 100");
            int heard = hog.readings.size();

            await().atMost(20, TimeUnit.SECONDS).until(() -> hog.readings.size() >= heard + 10);

            assertThat(hog.running.process().isAlive()).isTrue();
            assertThat(hog.running.wasKilled()).isFalse();
            assertThat(hog.running.peakRssBytes()).isBetween(100 * MIB, 600 * MIB);
        }
    }

    @Test
    void readingsFollowWhatTheProgramHolds() throws Exception {
        try (HogOnPhone hog = new HogOnPhone(0)) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> !hog.readings.isEmpty());
            long before = hog.readings.getFirst();

            hog.say("take 200");
            assertThat(hog.answer()).isEqualTo("holding 200");

            await().atMost(20, TimeUnit.SECONDS)
                    .until(() -> hog.readings.getLast() >= before + 190 * MIB);
        }
    }

    @Test
    void aBudgetOfZeroOnlyWatches() throws Exception {
        try (HogOnPhone hog = new HogOnPhone(0)) {
            hog.say("take 500");
            assertThat(hog.answer()).isEqualTo("holding 500");
            hog.say("exit 0");

            assertThat(hog.running.awaitVerdict()).isEmpty();
            assertThat(hog.kills).isEmpty();
            assertThat(hog.running.process().exitValue()).isZero();
        }
    }

    @Test
    void aProgramThatEndsByItselfWasNotKilledAndTheVerdictDoesNotWaitForAReading()
            throws Exception {
        try (HogOnPhone hog = new HogOnPhone(600 * MIB)) {
            hog.say("exit 3");

            assertThat(hog.running.awaitVerdict()).isEmpty();
            assertThat(hog.running.wasKilled()).isFalse();
            assertThat(hog.kills).isEmpty();
            assertThat(hog.running.process().exitValue()).isEqualTo(3);
        }
    }

    @RepeatedTest(10)
    void whoeverSeesTheExitCanAskAtOnceWhetherItWasAKill() throws Exception {
        try (HogOnPhone hog = new HogOnPhone(20 * MIB)) {
            hog.running.process().waitFor();

            assertThat(hog.running.wasKilled()).isTrue();
            assertThat(hog.running.kill()).contains(hog.kills.getFirst());
        }
    }

    @Test
    void endingAProgramFromHereIsNotAKill() throws Exception {
        try (HogOnPhone hog = new HogOnPhone(600 * MIB)) {
            hog.running.close();

            assertThat(hog.running.awaitVerdict()).isEmpty();
            assertThat(hog.running.process().isAlive()).isFalse();
        }
    }

    @Test
    void aKillLeavesThisProcessAndOtherProgramsAlone() throws Exception {
        try (HogOnPhone small = new HogOnPhone(600 * MIB);
                HogOnPhone large = new HogOnPhone(300 * MIB)) {
            large.say("take 600");
            assertThat(large.running.awaitVerdict()).isPresent();

            small.say("take 10");

            assertThat(small.answer()).isEqualTo("holding 10");
            assertThat(small.running.wasKilled()).isFalse();
        }
    }

    @Test
    void memoryIsReadAtLeastTenTimesASecond() throws Exception {
        try (HogOnPhone hog = new HogOnPhone(0)) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> hog.readingNanos.size() >= 41);
            List<Long> at = List.copyOf(hog.readingNanos.subList(0, 41));

            double seconds = (at.getLast() - at.getFirst()) / 1e9;

            assertThat(40 / seconds).as("readings a second").isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void backgroundLoadBringsTheKillForward() throws Exception {
        PhoneConditions busy = new PhoneConditions(Duration.ZERO, 0, 500 * MIB, 0);
        try (HogOnPhone hog = new HogOnPhone(new SimulatedPhone(null, 800 * MIB, 1, busy))) {
            hog.say("take 400");

            assertThat(hog.running.awaitVerdict().orElseThrow().budgetBytes()).isEqualTo(300 * MIB);
            assertThat(hog.running.limits().text()).contains("Killed above 0.29 GiB");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProgramIsBoundToAsManyCoresAsThePhoneHasBigOnes() throws Exception {
        SimulatedPhone phone = new SimulatedPhone(DeviceCatalogue.find("redmi-12c"), 0, 1);
        try (HogOnPhone hog = new HogOnPhone(phone)) {
            List<String> status =
                    Files.readAllLines(Path.of("/proc/" + hog.running.process().pid() + "/status"));

            assertThat(status)
                    .filteredOn(line -> line.startsWith("Cpus_allowed_list"))
                    .singleElement()
                    .asString()
                    .matches("Cpus_allowed_list:\\s+\\d+");
            assertThat(hog.running.limits().cores()).isEqualTo(1);
            assertThat(hog.running.limits().text()).endsWith("Bound to 1 core.");
            assertThat(NativeLinux.affinity().orElseThrow().cardinality())
                    .as("this thread is free again")
                    .isEqualTo(Runtime.getRuntime().availableProcessors());
        }
    }

    @Test
    void aProgramThatDoesNotExistIsRefused() {
        ProcessBuilder missing = new ProcessBuilder("no-such-program-anywhere");
        assertThatIOException()
                .isThrownBy(
                        () -> new SimulatedPhone(null, 0, 1).start(missing, new QuietListener()));
    }

    @Test
    void aPhoneTakesBudgetAndThreadsFromItsProfile() throws Exception {
        DeviceProfile profile = DeviceCatalogue.find("redmi-12c");

        SimulatedPhone phone = SimulatedPhone.of(profile);

        assertThat(phone.budgetBytes()).isEqualTo(profile.budgetBytes());
        assertThat(phone.threads()).isEqualTo(2);
    }

    @Test
    void aNegativeBudgetAndNoThreadsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SimulatedPhone(null, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SimulatedPhone(null, 0, 0));
    }

    /** Hears nothing. */
    static class QuietListener implements MemoryListener {
        @Override
        public void reading(long rssBytes) {}

        @Override
        public void killed(LowMemoryKiller.Kill kill) {}
    }
}
