package io.pocketllm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.device.DeviceProfile.ProcessKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding phones by id and by file. */
@Timeout(30)
class DeviceCatalogueTest {

    @TempDir private Path folder;

    @Test
    void theReno6IsAsInTheDatasheets() throws Exception {
        DeviceProfile reno = DeviceCatalogue.find("oppo-reno6-5g");

        assertThat(reno.name()).isEqualTo("OPPO Reno6 5G");
        assertThat(reno.modelCodes()).containsExactly("CPH2251");
        assertThat(reno.ramBytes()).isEqualTo(8L << 30);
        assertThat(reno.clusters())
                .containsExactly(
                        new DeviceProfile.CoreCluster(
                                "Cortex-A78", 2, 2_400_000_000L, 16, false, 1.2),
                        new DeviceProfile.CoreCluster(
                                "Cortex-A55", 6, 2_000_000_000L, 8, true, 0.4));
        assertThat(reno.memoryKind()).isEqualTo("LPDDR4X");
        assertThat(reno.batteryMilliampereHours()).isEqualTo(4300);
        assertThat(reno.batteryJoules() / 3600).as("Wh").isCloseTo(16.6, offset(0.05));
        assertThat(reno.thermal().throttleSteps()).hasSize(3);
        assertThat(reno.processKind()).isEqualTo(ProcessKind.APP);
        assertThat(reno.defaultThreads()).isEqualTo(2);
        assertThat(reno.sources())
                .containsEntry("ramBytes", "tuttoandroid (RAM type and size)")
                .containsKeys("clusters[1].clockHertz", "modelCodes", "note")
                .hasSize(17 + 2 * 6 + 4);
    }

    /** 6.5 GB for OPT-1.3B is why the 12 GB variant is there. */
    @Test
    void whatThePaperNeedsFitsTheTwelveGigabyteRenoAndNotTheEightGigabyteOne() throws Exception {
        long paperBytes = 6_500_000_000L;

        assertThat(DeviceCatalogue.find("oppo-reno6-5g-12gb").budgetBytes())
                .isGreaterThan(paperBytes);
        assertThat(DeviceCatalogue.find("oppo-reno6-5g").budgetBytes()).isLessThan(paperBytes);
    }

    @ParameterizedTest
    @CsvSource({
        "oppo-reno6-5g,      8, 3.7,  172.8",
        "oppo-reno6-5g-12gb, 12, 6.16, 172.8",
        "redmi-12c,          4, 1.4,  150.4",
        "pixel-9,            12, 5.6,  285.44",
        "oppo-reno6-4g,      8, 3.7,  160",
        "oppo-reno6-pro-5g-mtk, 12, 5.6, 236.8",
        "oppo-reno6-pro-5g-sd,  12, 5.6, 224.96",
        "pixel-6,            8, 3.7,  308.8",
        "pixel-7,            8, 3.7,  315.2",
        "pixel-8,            8, 3.7,  299.2",
        "galaxy-s21,         8, 3.7,  298.4",
        "galaxy-s23,         8, 3.7,  334.72",
        "galaxy-s24,         8, 3.7,  382.4",
        "oneplus-12,         16, 7.5, 392",
        "oneplus-9,          8, 3.7,  264.64",
        "xiaomi-13,          12, 5.6, 329.6",
        "poco-f3,            6, 2.1,  224.96",
        "galaxy-a54,         8, 3.7,  217.6",
        "redmi-note-12-4g,   6, 2.1,  150.4",
        "galaxy-a13-5g,      4, 1.4,  166.4"
    })
    void everyPhoneHasTheMemoryAndThePeakOfTheTable(
            String id, int ramGib, double budgetGib, double gigaflops) throws Exception {
        DeviceProfile phone = DeviceCatalogue.find(id);

        assertThat(phone.ramBytes()).isEqualTo((long) ramGib << 30);
        assertThat(phone.budgetBytes() / 0x1p30).isCloseTo(budgetGib, offset(0.005));
        double peak =
                phone.clusters().stream()
                        .mapToDouble(c -> c.count() * 1e-9 * c.clockHertz() * c.flopsPerCycle())
                        .sum();
        assertThat(peak).isCloseTo(gigaflops, offset(0.01));
    }

    @Test
    void theCatalogueListsEveryIdOnceAndTheReno6First() {
        assertThat(DeviceCatalogue.builtin())
                .extracting(DeviceProfile::id)
                .startsWith("oppo-reno6-5g")
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({
        "batteryMilliampereHours, NAMED",
        "memoryBandwidthBytesPerSecond, FROM_MEMORY",
        "clusters[0].wattsAtTopClock, ESTIMATED",
        "thermal.conductanceWattsPerKelvin, ESTIMATED",
        "noSuchKey, UNKNOWN"
    })
    void aValueSaysHowFarItCanBeTrusted(String key, SourceKind kind) throws Exception {
        assertThat(DeviceCatalogue.find("oppo-reno6-5g").sourceKind(key)).isEqualTo(kind);
    }

    @Test
    void aPersonsOwnFileIsFoundByItsPath() throws Exception {
        Path file = write("mine.json", ProfileJson.with("/id", "\"my-phone\""));

        assertThat(DeviceCatalogue.find(file.toString()).id()).isEqualTo("my-phone");
    }

    @Test
    void aPhoneWithLittleCoresOnlyUsesThemAll() throws Exception {
        Path file = write("a.json", ProfileJson.with("/clusters/0/little/value", "true"));

        assertThat(DeviceCatalogue.read(file).defaultThreads()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oppo-reno6", "opo-reno6-5g", "OPPO-RENO6-5G"})
    void anUnknownIdNamesTheClosestAndAllThatAreKnown(String id) {
        assertThat(refusal(id))
                .hasMessageContaining(id)
                .hasMessageContaining("Did you mean \"oppo-reno6-5g\"?")
                .hasMessageContaining("redmi-12c, redmi-note-12-4g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "toaster", "\u0000"})
    void anIdThatResemblesNoneIsRefusedWithoutAGuess(String id) {
        assertThat(refusal(id).getMessage())
                .doesNotContain("Did you mean")
                .contains("profile file");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String path = folder.resolve("gone.json").toString();

        assertThat(refusal(path)).hasMessageStartingWith(path + ": does not exist");
    }

    @Test
    void aFolderIsNotAProfile() {
        assertThat(refusal(folder.toString())).hasMessageContaining("is not a file");
    }

    @Test
    void aHugeFileIsNotReadToItsEnd() throws Exception {
        Path file = write("huge.json", new byte[DeviceCatalogue.MAX_BYTES + 1]);

        assertThat(refusal(file.toString())).hasMessageContaining("is larger than 1 MiB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                       | is empty",
                "`   `                    | is empty",
                "{                        | is not JSON (line 1)",
                "`{\"id\": \"a\"} x`      | is not JSON",
                "`{\"id\": 1, \"id\": 2}` | Duplicate field 'id'",
                "[]                       | is []. Allowed: an object",
                "null                     | is null. Allowed: an object",
                "PK\u0003\u0004           | is not JSON"
            })
    void aFileThatIsNotAJsonObjectIsRefused(String content, String message) throws Exception {
        Path file = write("bad.json", content.getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(file.toString()))
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws Exception {
        Path file = write("latin.json", new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'});

        assertThat(refusal(file.toString())).hasMessageContaining("is not JSON");
    }

    private Path write(String name, byte[] bytes) throws Exception {
        return Files.write(folder.resolve(name), bytes);
    }

    private static DeviceProfileException refusal(String idOrPath) {
        return catchThrowableOfType(
                DeviceProfileException.class, () -> DeviceCatalogue.find(idOrPath));
    }
}
