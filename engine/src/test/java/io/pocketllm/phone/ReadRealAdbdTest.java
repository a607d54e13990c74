package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The script that reads a phone, run by Android's shell behind a real adbd. */
@OnRealAdbd
@Timeout(60)
class ReadRealAdbdTest {

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
}
