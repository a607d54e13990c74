package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's own phones: copied, changed, checked before they are written. */
@Timeout(30)
class UserProfilesTest {

    @TempDir private Path home;

    static List<DeviceProfile> phones() {
        return DeviceCatalogue.builtin();
    }

    @ParameterizedTest
    @MethodSource("phones")
    void aProfileThatIsWrittenAndReadAgainIsTheSame(DeviceProfile phone) throws Exception {
        byte[] json = DeviceProfileWriter.json(phone).getBytes(StandardCharsets.UTF_8);

        assertThat(DeviceProfileReader.read("copy.json", json)).isEqualTo(phone);
    }

    @Test
    void aProfileKeepsHowMuchLongerAStepTakesAndWhoMeasuredThat() throws Exception {
        DeviceProfile slow =
                DeviceCatalogue.find("redmi-12c")
                        .withStepTimeFactor(1.068, "measured over 180 steps");
        byte[] json = DeviceProfileWriter.json(slow).getBytes(StandardCharsets.UTF_8);

        DeviceProfile read = DeviceProfileReader.read("copy.json", json);

        assertThat(read).isEqualTo(slow);
        assertThat(read.stepTimeFactor()).isEqualTo(1.068);
        assertThat(read.sourceKind("stepTimeFactor")).isEqualTo(SourceKind.MEASURED);
    }

    @Test
    void aProfileOlderThanTheFactorIsAsFastAsItsRates() throws Exception {
        DeviceProfile old = DeviceCatalogue.find("redmi-12c");

        assertThat(old.stepTimeFactor()).isEqualTo(1);
        assertThat(old.sourceKind("stepTimeFactor")).isEqualTo(SourceKind.ESTIMATED);
    }

    @Test
    void aFolderThatIsNotThereHoldsNoPhones() throws Exception {
        assertThat(profiles().found().profiles()).isEmpty();
        assertThat(profiles().found().problems()).isEmpty();
    }

    @Test
    void aCopyHasTheNewIdAndIsFoundByIt() throws Exception {
        DeviceProfile copy = profiles().duplicate("redmi-12c", "my-phone");

        assertThat(copy).isEqualTo(DeviceCatalogue.find("redmi-12c").withId("my-phone"));
        assertThat(profiles().find("my-phone")).isEqualTo(copy);
        assertThat(profiles().found().profiles()).containsExactly(copy);
        assertThat(profiles().find("pixel-9")).isEqualTo(DeviceCatalogue.find("pixel-9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pixel-9", "mine"})
    void anIdThatIsTakenIsRefused(String id) throws Exception {
        profiles().duplicate("redmi-12c", "mine");

        assertThat(refusedCopy(id)).hasMessageContaining("is taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "My Phone", "a/b", ""})
    void whatIsNoIdIsRefusedAndNothingIsWritten(String id) throws Exception {
        assertThat(refusedCopy(id)).hasMessageContaining(": id: ");
        try (var files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aChangedProfileReplacesTheOldOne() throws Exception {
        profiles().duplicate("oppo-reno6-5g", "oppo-reno6-5g-mine");
        String json = text("oppo-reno6-5g-mine").replace("LPDDR4X", "LPDDR5");

        profiles().save(json);

        assertThat(profiles().find("oppo-reno6-5g-mine").memoryKind()).isEqualTo("LPDDR5");
        try (var files = Files.list(folder())) {
            assertThat(files).as("no partial file stays").hasSize(1);
        }
    }

    @Test
    void aProfileThatIsRefusedLeavesTheOldFileAsItWas() throws Exception {
        profiles().duplicate("oppo-reno6-5g", "mine");
        String before = text("mine");

        DeviceProfileException refusal =
                catchThrowableOfType(
                        DeviceProfileException.class,
                        () -> profiles().save(before.replace("4300", "-4300")));

        assertThat(refusal.key()).isEqualTo("batteryMilliampereHours.value");
        assertThat(text("mine")).isEqualTo(before);
    }

    @Test
    void aBrokenFileIsReportedAndDoesNotHideTheOthers() throws Exception {
        profiles().duplicate("redmi-12c", "good");
        Files.writeString(folder().resolve("bad.json"), "{");

        UserProfiles.Found found = profiles().found();

        assertThat(found.profiles()).extracting(DeviceProfile::id).containsExactly("good");
        assertThat(found.problems()).singleElement().asString().contains("bad.json");
    }

    private DeviceProfileException refusedCopy(String id) {
        return catchThrowableOfType(
                DeviceProfileException.class, () -> profiles().duplicate("redmi-12c", id));
    }

    private String text(String id) throws Exception {
        return Files.readString(folder().resolve(id + ".json"));
    }

    private Path folder() {
        return home.resolve("settings/devices");
    }

    private UserProfiles profiles() {
        return DeviceCatalogue.userProfiles(folder());
    }
}
