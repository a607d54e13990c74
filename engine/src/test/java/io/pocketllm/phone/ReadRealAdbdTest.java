package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.device.DeviceCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that reads a phone, run by Android's shell behind a real adbd. */
@OnRealAdbd
@Timeout(60)
class ReadRealAdbdTest {

    @TempDir private Path folder;

    private static PhoneLab lab;

    @BeforeAll
    static void start() throws IOException {
        lab = new PhoneLab();
    }

    @AfterAll
    static void end() throws IOException {
        lab.close();
    }

    @Test
    void aPhoneIsReadInOneCallWithWhatItDeniesLeftOut() throws IOException {
        PhoneReading reading =
                PhoneReader.read(
                        lab.phone("oppo-reno6-5g", "x86_64", 0).connected(), new Cancellation());

        assertThat(reading.model().value()).isEqualTo("CPH2251");
        assertThat(reading.chip().value()).isEqualTo("MT6877");
        assertThat(reading.abi().value()).isEqualTo("x86_64");
        assertThat(reading.memoryBytes().value()).isEqualTo(7739564L * 1024);
        assertThat(reading.clusters().value())
                .extracting(c -> c.count() + " " + c.core().name() + " " + c.clockHertz().value())
                .containsExactly("2 Cortex-A78 2400000000", "6 Cortex-A55 2000000000");
        assertThat(reading.batteryPercent().value()).isEqualTo(71);
        assertThat(reading.batteryMilliampereHours().value()).isEqualTo(4300);
        assertThat(reading.plugged().value()).isTrue();
        assertThat(reading.thermalStatus().value()).isZero();
        assertThat(reading.temperatures()).containsEntry("CPU0", 48.2);
        assertThat(reading.freeBytes().value()).isPositive();
    }

    @Test
    void aSmallWarmPhoneTellsLessAndSaysWhy() throws IOException {
        PhoneReading reading =
                PhoneReader.read(
                        lab.phone("redmi-12c", "x86_64", 100).connected(), new Cancellation());

        assertThat(reading.thermalStatus().value()).isEqualTo(2);
        assertThat(reading.temperatures()).containsEntry("SKIN", 41.8);
        assertThat(reading.batteryCelsius().value()).isEqualTo(39.0);
        assertThat(reading.plugged().value()).isFalse();
        assertThat(reading.batteryMilliampereHours().value()).isNull();
        assertThat(reading.batteryMilliampereHours().reason()).contains("does not let");
        assertThat(reading.clusters().value().getFirst().capacity().reason())
                .contains("cpu_capacity");
        assertThat(reading.freeBytes().value()).isBetween(90_000_000L, 105_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch hacked)",
                "`touch hacked`; touch hacked & \"touch hacked\" 'touch hacked'",
                "../../../hacked",
                "| touch hacked > hacked # %s %n \\ é 手机",
            })
    void whateverAPhoneCallsItselfIsANameAndNothingOfItIsRun(String name) throws Exception {
        PhoneLab.FakePhone fake = lab.phoneNamed(name, "oppo-reno6-5g", "x86_64");
        Phone phone = fake.connected();

        PhoneReading reading = PhoneReader.read(phone, new Cancellation());
        assertThat(reading.model().value()).isEqualTo(name);
        Path file = folder.resolve(PhoneProfile.id(reading) + ".json");
        assertThat(file.getParent()).isEqualTo(folder);
        Files.writeString(file, PhoneProfile.json(reading));
        assertThat(DeviceCatalogue.read(file).modelCodes()).containsExactly(name);
        Path sent = Files.writeString(folder.resolve("sent"), "profile");
        new PhoneStorage(phone)
                .push(
                        List.of(PhoneFile.of(PhoneProfile.id(reading) + "/profile.json", sent)),
                        progress -> {},
                        new Cancellation());

        assertThat(lab.server.phones())
                .filteredOn(p -> p.serial().equals(fake.serial()))
                .singleElement()
                .satisfies(p -> assertThat(p.state()).isEqualTo(PhoneState.DEVICE));
        try (var files = Files.walk(fake.file("/data"))) {
            assertThat(files).noneMatch(f -> f.endsWith("hacked"));
        }
        assertThat(Path.of("hacked")).doesNotExist();
    }
}
