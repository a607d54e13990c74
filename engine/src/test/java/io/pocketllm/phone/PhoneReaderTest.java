package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers are made up in Android's formats; none was recorded from a phone. */
class PhoneReaderTest {

    @TempDir private Path folder;

    private static PhoneReading reading(String name) throws IOException {
        try (InputStream in = PhoneReaderTest.class.getResourceAsStream(name + ".txt")) {
            return PhoneReader.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        flagship-pixel  | Pixel 9   | Tensor G4 | arm64-v8a | 11742752 | 1 Cortex-X4, 3 Cortex-A720, 4 Cortex-A520 | 0
        old-qualcomm    | ONEPLUS A6003 | sdm845 | arm64-v8a | 7810132 | 4 Kryo Gold (Cortex-A75), 4 Kryo Silver (Cortex-A55) | 1
        hides-much      | M2006C3LG | mt6765    |           | 1871228  | 8 Cortex-A53 |
        """)
    void phonesOfManyKindsAreRead(
            String name,
            String model,
            String chip,
            String abi,
            long memoryKilobytes,
            String clusters,
            Integer thermalStatus)
            throws IOException {
        PhoneReading reading = reading(name);

        assertThat(reading.model().value()).isEqualTo(model);
        assertThat(reading.chip().value()).isEqualTo(chip);
        assertThat(reading.abi().value()).isEqualTo(abi);
        assertThat(reading.memoryBytes().value()).isEqualTo(memoryKilobytes * 1024);
        assertThat(
                        String.join(
                                ", ",
                                reading.clusters().value().stream()
                                        .map(c -> c.count() + " " + c.core().name())
                                        .toList()))
                .isEqualTo(clusters);
        assertThat(reading.thermalStatus().value()).isEqualTo(thermalStatus);
    }

    @Test
    void whatAPhoneHidesIsNullWithTheReason() throws IOException {
        PhoneReading reading = reading("hides-much");

        assertThat(reading.abi().reason()).contains("32-bit");
        assertThat(reading.thermalStatus().reason()).contains("Android 10");
        assertThat(reading.batteryPercent().reason()).contains("battery");
        assertThat(reading.availableBytes().reason()).contains("MemAvailable");
        assertThat(reading.clusters().value().getFirst().clockHertz().reason()).contains("denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flagship-pixel", "old-qualcomm"})
    void aReadingBecomesAProfileLikeAnyOther(String name) throws Exception {
        PhoneReading reading = reading(name);
        Path file = folder.resolve(PhoneProfile.id(reading) + ".json");
        Files.writeString(file, PhoneProfile.json(reading));

        DeviceProfile profile = DeviceCatalogue.read(file);

        assertThat(profile.id()).isEqualTo(PhoneProfile.id(reading)).startsWith("phone-");
        assertThat(profile.usableBytes()).isEqualTo(reading.memoryBytes().value());
        assertThat(profile.sources().get("usableBytes")).isEqualTo("read over adb");
        assertThat(profile.budgetBytes()).isBetween(1L << 28, profile.usableBytes());
        assertThat(profile.clusters()).hasSize(reading.clusters().value().size());
        assertThat(profile.sources().get("memoryBandwidthBytesPerSecond"))
                .doesNotContain("read over adb");
        assertThat(profile.processKind()).isEqualTo(DeviceProfile.ProcessKind.SHELL);
    }

    @Test
    void aKnownModelLendsWhatThePhoneDoesNotTell() throws Exception {
        PhoneReading reading = reading("flagship-pixel");
        Path file = folder.resolve("p.json");
        Files.writeString(file, PhoneProfile.json(reading));

        DeviceProfile profile = DeviceCatalogue.read(file);

        assertThat(profile.sources().get("memoryBandwidthBytesPerSecond")).isNotBlank();
        assertThat(profile.ramBytes()).isEqualTo(12L << 30);
        assertThat(profile.defaultThreads()).isEqualTo(4);
    }

    @Test
    void withoutClocksThereIsNoProfileAndItSaysWhy() throws IOException {
        PhoneReading reading = reading("hides-much");

        assertThatThrownBy(() -> PhoneProfile.json(reading))
                .isInstanceOfSatisfying(
                        PhoneException.class,
                        e -> {
                            assertThat(e.getMessage()).contains("clock of its cores", "denied");
                            assertThat(e.hint()).contains("similar phone");
                        });
        assertThat(PhoneProfile.ifTold(reading)).isEmpty();
        assertThat(PhoneProfile.ifTold(reading("flagship-pixel"))).isPresent();
    }

    @Property
    void noAnswerBreaksTheParser(@ForAll String text) {
        PhoneReading reading =
                PhoneReader.parse(
                        "@@properties\nro.product.model="
                                + text
                                + "\n@@cpuinfo\n"
                                + text
                                + "\n@@cpus\n"
                                + text
                                + "\n@@battery\n"
                                + text
                                + "\n@@thermal\n"
                                + text);

        assertThat(PhoneProfile.id(reading)).matches("[a-z0-9]+(-[a-z0-9]+)*");
    }
}
