package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs in real workers on a simulated phone: its time, heat, battery and waits. */
@Timeout(180)
class RunOnSimulatedPhoneTest {

    @TempDir private Path folder;

    private List<Event> run(RunFile file, String out) throws Exception {
        return RecordedRun.runToEnd(file, folder.resolve(out));
    }

    private Path checkpoint(String out) {
        return new RunFolder(folder.resolve(out)).checkpoint().resolve("model.safetensors");
    }

    @Test
    void aRunTellsWhatItTakesOnThePhoneAndItsBitsDoNotKnow() throws Exception {
        RunFile plain = SmallInbox.run(folder, "lora", 4);
        RunFile onPhone =
                plain.with("device.profile", "oppo-reno6-5g")
                        .with("device.ambientCelsius", "21.5")
                        .with("device.startBatteryPercent", "80");

        List<Event> events = run(onPhone, "phone");

        assertThat(RecordedRun.of(Event.Step.class, events))
                .hasSize(4)
                .allSatisfy(step -> assertThat(step.phoneMillis()).isPositive());
        List<Event.Phone> phone = RecordedRun.of(Event.Phone.class, events);
        assertThat(phone)
                .extracting(Event.Phone::phoneElapsedMillis)
                .hasSizeGreaterThan(1)
                .isSorted()
                .first()
                .isNotEqualTo(phone.getLast().phoneElapsedMillis());
        assertThat(phone.getLast().temperatureCelsius()).isGreaterThan(21.5);
        assertThat(phone.getLast().batteryPercent()).isBetween(70.0, 80.0).isNotEqualTo(80.0);
        Event.Started started = RecordedRun.of(Event.Started.class, events).getFirst();
        assertThat(started.limit()).isIn("polled", "cgroup");
        assertThat(started.killLineBytes()).isEqualTo(started.budgetBytes()).isPositive();
        assertThat(started.calibration()).isIn("estimated", "host-probe");
        Event.Finished end = (Event.Finished) events.getLast();
        assertThat(end.phoneElapsedMillis()).isEqualTo(phone.getLast().phoneElapsedMillis());
        assertThat(end.phoneElapsedMillis())
                .isGreaterThan(
                        RecordedRun.of(Event.Step.class, events).stream()
                                .mapToDouble(Event.Step::phoneMillis)
                                .sum());
        assertThat(end.batteryUsedPercent()).isEqualTo(80 - phone.getLast().batteryPercent());
        assertThat(end.hottestCelsius())
                .isGreaterThanOrEqualTo(phone.getLast().temperatureCelsius());
        assertThat(Files.readString(new RunFolder(folder.resolve("phone")).summary()))
                .contains("phoneElapsedMillis", "batteryUsedPercent", "joules");

        List<Event> none = run(plain, "none");
        assertThat(RecordedRun.of(Event.Phone.class, none)).isEmpty();
        assertThat(RecordedRun.of(Event.Step.class, none))
                .allSatisfy(step -> assertThat(step.phoneMillis()).isNull());
        assertThat(checkpoint("phone")).hasSameBinaryContentAs(checkpoint("none"));
    }

    @Test
    void aPhoneThatGetsWarmAtOncePausesTheRunAndGoesOnToTheSameBits() throws Exception {
        Files.writeString(folder.resolve("warm.json"), warmsAtOnce());
        RunFile always = SmallInbox.run(folder, "lora", 4, "device.profile", "./warm.json");

        List<Event> events = run(always.with("device.trainWhen", "cool"), "cool");

        List<Event.Paused> paused = RecordedRun.of(Event.Paused.class, events);
        assertThat(paused).isNotEmpty().extracting(Event.Paused::reason).containsOnly("too-warm");
        assertThat(RecordedRun.of(Event.Resumed.class, events)).hasSameSizeAs(paused);
        List<Event.Phone> phone = RecordedRun.of(Event.Phone.class, events);
        assertThat(phone).anyMatch(p -> "too-warm".equals(p.pausedBy()));
        assertThat(phone).extracting(Event.Phone::phoneElapsedMillis).isSorted();

        List<Event> throttled = run(always, "always");
        assertThat(RecordedRun.of(Event.Paused.class, throttled)).isEmpty();
        assertThat(RecordedRun.of(Event.Phone.class, throttled))
                .anyMatch(p -> p.throttleStep() > 0 && p.clockFraction() < 1);
        assertThat(checkpoint("cool")).hasSameBinaryContentAs(checkpoint("always"));
    }

    /** The Reno6 with next to no heat capacity and cores that burn: a blink warms it. */
    private static String warmsAtOnce() throws Exception {
        try (InputStream in =
                RunOnSimulatedPhoneTest.class.getResourceAsStream(
                        "/io/pocketllm/device-profiles/oppo-reno6-5g.json")) {
            ObjectNode profile = (ObjectNode) new JsonMapper().readTree(in);
            value(profile, "/thermal/heatCapacityJoulesPerKelvin").put("value", 1);
            value(profile, "/thermal/conductanceWattsPerKelvin").put("value", 1);
            for (JsonNode cluster : profile.at("/clusters")) {
                ((ObjectNode) cluster.get("wattsAtTopClock")).put("value", 50);
            }
            value(profile, "/thermal/throttleSteps")
                    .putArray("value")
                    .addObject()
                    .put("hotCelsius", 28.5)
                    .put("coolCelsius", 28)
                    .put("clockFraction", 0.7);
            return profile.toString();
        }
    }

    private static ObjectNode value(ObjectNode profile, String pointer) {
        return (ObjectNode) profile.at(pointer);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
    void aResumedRunGoesOnWithThePhoneAsItWas() throws Exception {
        RunFile file = SmallInbox.run(folder, "lora", 30, "device.profile", "oppo-reno6-5g");
        Path out = folder.resolve("out");
        Event.Phone before;
        try (RecordedRun run = RecordedRun.start(file, out)) {
            run.awaitStep(4);
            run.worker().destroyForcibly();
            run.awaitEnd();
            before = run.events(Event.Phone.class).getLast();
        }
        try (RecordedRun resumed = RecordedRun.resume(out)) {
            assertThat(resumed.awaitEnd()).isEqualTo(ExitCode.DONE);

            Event.Phone after = resumed.events(Event.Phone.class).getFirst();
            assertThat(before.phoneElapsedMillis()).isPositive();
            assertThat(after.phoneElapsedMillis())
                    .isGreaterThanOrEqualTo(before.phoneElapsedMillis());
            assertThat(after.joules()).isGreaterThanOrEqualTo(before.joules());
            assertThat(after.batteryPercent()).isLessThanOrEqualTo(before.batteryPercent());
            assertThat(((Event.Finished) resumed.last()).phoneElapsedMillis())
                    .isGreaterThan(after.phoneElapsedMillis());
        }
    }

    @Test
    void aPersonsOwnPhoneIsFoundByItsIdAndKeptWithTheRun() throws Exception {
        Folders folders = Folders.under(SmallInbox.sharedHome());
        String id = "own-phone-of-a-test";
        OwnPhones.of(folders).duplicate("redmi-12c", id);
        try {
            RunFile file = SmallInbox.run(folder, "head", 1, "device.profile", id);
            List<Event> events = run(file, "own");

            assertThat(RecordedRun.of(Event.Started.class, events).getFirst().deviceName())
                    .contains("Redmi 12C");
            assertThat(RunFile.read(folder.resolve("own/run.json")).spec().device().profile())
                    .isEqualTo(folder.resolve("own/phone.json").toString());
        } finally {
            Files.delete(OwnPhones.of(folders).file(id).orElseThrow());
        }
    }

    @Test
    void aRoomInWhichThePhoneNeverCoolsIsRefused() throws Exception {
        RunFile file =
                SmallInbox.run(
                        folder,
                        "head",
                        1,
                        "device.profile",
                        "oppo-reno6-5g",
                        "device.trainWhen",
                        "cool",
                        "device.ambientCelsius",
                        "45");
        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () -> RecordedRun.start(file, folder.resolve("out")));

        assertThat(refused.getMessage()).contains("device.ambientCelsius", "45.0");
        assertThat(refused.hint()).contains("device.trainWhen");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
