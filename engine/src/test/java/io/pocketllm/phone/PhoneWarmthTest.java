package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a phone tells of its heat and its battery, and what is done where it tells nothing. */
@Timeout(60)
class PhoneWarmthTest {

    private static final Path PHONES = Path.of("src/test/phone");

    private static String answer(String battery, String thermal) {
        return "@@battery\n" + battery + "\n@@thermal\n" + thermal + "\n@@end\n";
    }

    private static PhoneWarmth of(String phone) throws IOException {
        Path dumpsys = PHONES.resolve(phone).resolve("dumpsys");
        return PhoneWarmth.parse(
                answer(
                        Files.readString(dumpsys.resolve("battery")),
                        Files.readString(dumpsys.resolve("thermalservice"))));
    }

    @Test
    void theSkinsTemperatureOfThisMomentIsTaken() throws Exception {
        assertThat(of("oppo-reno6-5g")).isEqualTo(new PhoneWarmth(33.9, null, 0, 71.0, true));
    }

    @Test
    void theCachedOneWhereThereIsNoneOfThisMoment() throws Exception {
        assertThat(of("redmi-12c")).isEqualTo(new PhoneWarmth(41.8, null, 2, 18.0, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // No skin: the battery, and it is said.
                "level: 50@scale: 100@temperature: 315 | Thermal Status: 0 | 31.5 | battery | 0 | 50",
                "level: 50@scale: 100 | Temperature{mValue=36.0, mType=3, mName=quiet_therm} | 36 | - | - | 50",
                "level: 50@scale: 100 | Temperature{mValue=NaN, mType=3, mName=skin} | - | - | - | 50",
                "temperature: 9999999999999999 | Thermal Status: 1 | - | - | 1 | -",
                "Can't find service: battery | Permission Denial: can't dump | - | - | - | -",
            })
    void whatIsMissingIsNull(
            String battery,
            String thermal,
            Double celsius,
            String of,
            Integer status,
            Double percent) {
        PhoneWarmth warmth = PhoneWarmth.parse(answer(battery.replace("@", "\n"), thermal));

        assertThat(warmth.celsius()).isEqualTo(celsius);
        assertThat(warmth.temperatureOf()).isEqualTo(of);
        assertThat(warmth.thermalStatus()).isEqualTo(status);
        assertThat(warmth.batteryPercent()).isEqualTo(percent);
        assertThat(warmth.isEmpty())
                .isEqualTo(celsius == null && status == null && percent == null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@@",
                "@@battery\n@@battery\nlevel: x",
                "\0\0@@thermal\nThermal Status: 77"
            })
    void nonsenseTellsNothingOrLittleAndBreaksNothing(String text) {
        assertThat(PhoneWarmth.parse(text).celsius()).isNull();
    }

    @Test
    void aPhoneIsAskedAgainOnlyWhenItIsTime() throws Exception {
        try (FakeAdbServer server = telling(answer("level: 80\nscale: 100", "Thermal Status: 0"))) {
            WarmthWatch watch = new WarmthWatch(server.phone(), Duration.ofHours(1));

            assertThat(watch.lookWhenDue(5000, 7, new Cancellation()))
                    .contains(
                            new Event.Phone(
                                    5000, 7, 5000, null, null, null, 80.0, null, null, null, 0,
                                    null));
            assertThat(watch.lookWhenDue(6000, 8, new Cancellation())).isEmpty();
            assertThat(watch.look(7000, 9, new Cancellation())).isPresent();
            assertThat(asked(server)).isEqualTo(2);
        }
    }

    @Test
    void aPhoneThatDeniesAllIsAskedOnceAndThatIsSaidOnce() throws Exception {
        try (FakeAdbServer server = telling(answer("Permission Denial", "Permission Denial"))) {
            WarmthWatch watch = new WarmthWatch(server.phone(), Duration.ZERO);

            assertThat(watch.lookWhenDue(1, 0, new Cancellation()))
                    .get()
                    .isInstanceOfSatisfying(
                            Event.Warning.class,
                            w -> assertThat(w.message()).contains("not known", "does not let"));
            assertThat(watch.lookWhenDue(2, 0, new Cancellation())).isEmpty();
            assertThat(watch.look(3, 0, new Cancellation())).isEmpty();
            assertThat(asked(server)).isEqualTo(1);
        }
    }

    @Test
    void aPhoneThatFailsToAnswerIsForgivenTwice() throws Exception {
        try (FakeAdbServer server =
                new FakeAdbServer().on("shell,v2", wire -> wire.fail("closed"))) {
            WarmthWatch watch = new WarmthWatch(server.phone(), Duration.ZERO);

            assertThat(watch.lookWhenDue(1, 0, new Cancellation())).isEmpty();
            assertThat(watch.lookWhenDue(2, 0, new Cancellation())).isEmpty();
            assertThat(watch.lookWhenDue(3, 0, new Cancellation()))
                    .get()
                    .isInstanceOf(Event.Warning.class);
            assertThat(watch.lookWhenDue(4, 0, new Cancellation())).isEmpty();
            assertThat(asked(server)).isEqualTo(3);
        }
    }

    private static long asked(FakeAdbServer server) {
        return server.asked.stream().filter(a -> a.startsWith("shell,v2")).count();
    }

    /** A phone whose shell gives this answer to whatever it is asked. */
    private static FakeAdbServer telling(String text) throws IOException {
        return new FakeAdbServer()
                .on(
                        "shell,v2",
                        wire -> {
                            wire.okay().packet(1, text).packet(3, new byte[] {0});
                        });
    }
}
