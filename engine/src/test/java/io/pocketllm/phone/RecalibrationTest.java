package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.DeviceProfileWriter;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A corrected profile: kept without losing another, taken back, and what it does to runs. */
@Timeout(180)
class RecalibrationTest {

    @TempDir private Path folder;

    private UserProfiles own() {
        return DeviceCatalogue.userProfiles(folder.resolve("devices"));
    }

    private RunComparison slower(double factor) throws Exception {
        RunFile file = SmallInbox.run(folder, "lora", 100, "device.profile", "redmi-12c");
        return RunComparison.of(
                file,
                BesideRuns.measured(BesideRuns.realEvents(50, s -> 1000 * factor)),
                file,
                BesideRuns.measured(BesideRuns.simulatedEvents(50, s -> 1000)));
    }

    @Test
    void aCorrectedProfileIsOneOfAPersonsOwnAndCanBeTakenBack() throws Exception {
        Recalibration saved = Recalibration.save(own(), slower(1.25), "my-redmi", false);

        assertThat(saved.oldFactor()).isEqualTo(1);
        assertThat(own().find("my-redmi")).isEqualTo(saved.profile());
        assertThat(saved.profile().stepTimeFactor()).isEqualTo(1.25);
        assertThat(DeviceCatalogue.find("redmi-12c").stepTimeFactor()).isEqualTo(1);

        saved.undo(own());
        assertThat(own().file("my-redmi")).isEmpty();
    }

    @Test
    void anOwnProfileIsReplacedOnlyWhereThatIsSaidAndComesBack() throws Exception {
        own().duplicate("pixel-9", "mine");
        String before = Files.readString(own().file("mine").orElseThrow());

        assertThat(
                        catchThrowableOfType(
                                PhoneException.class,
                                () -> Recalibration.save(own(), slower(1.25), "mine", false)))
                .hasMessageContaining("You have a phone \"mine\" already");
        assertThat(own().file("mine").orElseThrow()).hasContent(before);

        Recalibration saved = Recalibration.save(own(), slower(1.25), "mine", true);
        assertThat(own().find("mine").stepTimeFactor()).isEqualTo(1.25);
        saved.undo(own());
        assertThat(own().file("mine").orElseThrow()).hasContent(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPhoneOfTheWorkbenchIsNeverChanged(boolean replace) {
        assertThat(
                        catchThrowableOfType(
                                PhoneException.class,
                                () -> Recalibration.save(own(), slower(1.25), "pixel-9", replace)))
                .hasMessageContaining("never changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "My Phone", ""})
    void whatIsNoIdIsRefusedAndNothingIsWritten(String id) {
        assertThat(
                        catchThrowableOfType(
                                DeviceProfileException.class,
                                () -> Recalibration.save(own(), slower(1.25), id, true)))
                .hasMessageContaining("id");
        assertThat(folder.resolve("devices")).doesNotExist();
    }

    @Test
    void theIdToSaveUnderLosesNothing() throws Exception {
        DeviceProfile redmi = DeviceCatalogue.find("redmi-12c");
        assertThat(Recalibration.idFor(own(), redmi)).isEqualTo("redmi-12c-measured");
        assertThat(Recalibration.idFor(own(), redmi.withId("phone-x"))).isEqualTo("phone-x");

        // The same phone corrected before: corrected again.
        own().save(
                        DeviceProfileWriter.json(
                                redmi.withId("phone-x").withStepTimeFactor(2, "measured")));
        assertThat(Recalibration.idFor(own(), redmi.withId("phone-x"))).isEqualTo("phone-x");
        // The same phone read another day, and changed by hand.
        assertThat(Recalibration.idFor(own(), readAgain(redmi.withId("phone-x"))))
                .isEqualTo("phone-x");
        // Another phone of that id stays.
        own().duplicate("pixel-9", "phone-y");
        assertThat(Recalibration.idFor(own(), redmi.withId("phone-y")))
                .isEqualTo("phone-y-measured");
        String longest = "a".repeat(64);
        own().duplicate("pixel-9", longest);
        assertThat(Recalibration.idFor(own(), redmi.withId(longest)))
                .endsWith("-measured")
                .hasSizeLessThanOrEqualTo(64);
    }

    /** As a phone tells it that has other apps open: another free memory, so another budget. */
    private static DeviceProfile readAgain(DeviceProfile phone) throws Exception {
        return DeviceCatalogue.userProfiles(Path.of("nowhere"))
                .check(
                        DeviceProfileWriter.json(phone)
                                .replaceFirst(
                                        "(\"budgetBytes\" : \\{\\s*\"value\" : )\\d+",
                                        "$11000000000"));
    }

    @Test
    void whatAPersonChangedInTheirOwnProfileStaysWhenItIsCorrected() throws Exception {
        DeviceProfile mine = readAgain(DeviceCatalogue.find("redmi-12c").withId("mine"));
        own().save(DeviceProfileWriter.json(mine));

        DeviceProfile saved = Recalibration.save(own(), slower(1.25), "mine", true).profile();

        assertThat(saved.budgetBytes()).isEqualTo(1_000_000_000);
        assertThat(saved.stepTimeFactor()).isEqualTo(1.25);
    }

    @Test
    void onceCorrectedThePhoneIsSimulatedOnThatProfile() throws Exception {
        DeviceProfile read = DeviceCatalogue.find("redmi-12c").withId("phone-x");
        Path real =
                BesideRuns.onPhone(
                        folder.resolve("real"),
                        SmallInbox.run(
                                folder,
                                "lora",
                                9,
                                "device.profile",
                                "pixel-9",
                                "device.backgroundCpuShare",
                                "0.3",
                                "device.realTime",
                                "true"),
                        List.of());
        Files.writeString(real.resolve("phone.json"), DeviceProfileWriter.json(read));
        assertThat(SimulatedTwin.of(real, own()).spec().device().profile())
                .isEqualTo(real.resolve("phone.json").toString());

        own().save(DeviceProfileWriter.json(readAgain(read).withStepTimeFactor(1.5, "measured")));
        RunFile twin = SimulatedTwin.of(real, own());
        assertThat(twin.spec().device().profile()).isEqualTo("phone-x");
        assertThat(twin.spec().device().simulate()).isTrue();
        assertThat(twin.spec().device().realTime()).isFalse();
        assertThat(twin.spec().device().conditions().backgroundCpuShare()).isZero();

        own().duplicate("pixel-9", "other");
        Files.writeString(
                real.resolve("phone.json"), DeviceProfileWriter.json(read.withId("other")));
        assertThat(SimulatedTwin.of(real, own()).spec().device().profile())
                .as("another phone's profile is not taken")
                .endsWith("phone.json");
        Files.writeString(real.resolve("phone.json"), "{");
        assertThat(SimulatedTwin.of(real, own()).spec().device().profile()).endsWith("phone.json");
    }

    /** The whole way, with workers: simulated, compared, corrected, simulated again. */
    @Test
    void aRunAgainstItsOwnSimulationIsOneAndACorrectedProfileMakesItOneAgain() throws Exception {
        Path profile = folder.resolve("phone.json");
        Files.writeString(profile, DeviceProfileWriter.json(DeviceCatalogue.find("redmi-12c")));
        RunFile file =
                SmallInbox.run(folder, "lora", 18, "device.profile", profile.toString()).absolute();
        List<Event> first = run(file, "first");

        Path same = BesideRuns.onPhone(folder.resolve("same"), file, asOnAPhone(first, 1));
        RunComparison one = RunComparison.of(same, folder.resolve("first"));
        assertThat(one.steps().ratio()).isEqualTo(1);
        assertThat(one.steps().steps()).isEqualTo(13);
        assertThat(ComparisonText.verdict(one)).contains("as fast as its profile says");

        Path slow = BesideRuns.onPhone(folder.resolve("slow"), file, asOnAPhone(first, 2));
        Files.copy(profile, slow.resolve("phone.json"));
        RunComparison two = RunComparison.of(slow, folder.resolve("first"));
        assertThat(two.steps().ratio()).isEqualTo(2);
        Files.writeString(slow.resolve("phone.json"), DeviceProfileWriter.json(two.recalibrated()));

        List<Event> second = run(SimulatedTwin.of(slow, own()), "second");

        List<Double> before = phoneMillis(first);
        List<Double> after = phoneMillis(second);
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isCloseTo(2 * before.get(i), within(1e-6 * before.get(i)));
        }
        assertThat(RunComparison.of(slow, folder.resolve("second")).steps().ratio())
                .isCloseTo(1, within(1e-9));
        assertThat(new RunFolder(folder.resolve("second")).trajectory())
                .as("the training does not know of it")
                .hasSameBinaryContentAs(new RunFolder(folder.resolve("first")).trajectory());
    }

    private List<Event> run(RunFile file, String out) throws Exception {
        try (RunProcess process =
                new Runs(Folders.under(SmallInbox.sharedHome()))
                        .startIn(file, folder.resolve(out), event -> {})) {
            assertThat(process.ended().get(120, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
            return process.folder().readEvents();
        }
    }

    private static List<Double> phoneMillis(List<Event> events) {
        return events.stream()
                .filter(Event.Step.class::isInstance)
                .map(e -> ((Event.Step) e).phoneMillis())
                .toList();
    }

    /** What a phone would have said that is so many times as slow as its simulation. */
    private static List<Event> asOnAPhone(List<Event> simulated, double factor) {
        List<Event> events = new ArrayList<>();
        for (Event event : simulated) {
            switch (event) {
                case Event.Step s ->
                        events.add(BesideRuns.step(s.step(), factor * s.phoneMillis(), null));
                case Event.Phone p -> {}
                default -> events.add(event);
            }
        }
        return events;
    }
}
