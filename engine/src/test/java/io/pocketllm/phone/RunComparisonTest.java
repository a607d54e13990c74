package io.pocketllm.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.SourceKind;
import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run on a phone beside its simulation: what is compared, what is refused, what is said. */
@Timeout(60)
class RunComparisonTest {

    @TempDir private Path folder;
    private RunFile file;

    @BeforeEach
    void writeTheRunFile() throws Exception {
        file = SmallInbox.run(folder, "lora", 100, "device.profile", "redmi-12c");
    }

    private RunComparison compare(List<Event> real, List<Event> simulated) throws Exception {
        return RunComparison.of(
                file, BesideRuns.measured(real), file, BesideRuns.measured(simulated));
    }

    private RunComparison slower(double factor) throws Exception {
        return compare(
                BesideRuns.realEvents(100, step -> factor * (900 + step % 7)),
                BesideRuns.simulatedEvents(100, step -> 900 + step % 7));
    }

    @Test
    void aPhoneThatIsSlowerThanItsProfileIsToldSoAndItsProfileCorrected() throws Exception {
        RunComparison comparison = slower(1.068);

        assertThat(ComparisonText.verdict(comparison))
                .isEqualTo(
                        "The phone is 6.8 % slower than its profile (median of 95 steps, ±0.0 %).");
        assertThat(comparison.doubt()).isEmpty();
        DeviceProfile corrected = comparison.recalibrated();
        assertThat(corrected.stepTimeFactor()).isEqualTo(1.068);
        assertThat(corrected.sourceKind("stepTimeFactor")).isEqualTo(SourceKind.MEASURED);
        assertThat(corrected.sources().get("stepTimeFactor"))
                .contains("2026-03-04", "95 steps", "all-MiniLM-L6-v2", "with 1 thread:", "1.068");
        assertThat(corrected.withStepTimeFactor(1, ""))
                .as("all else is as it was")
                .isEqualTo(comparison.profile().withStepTimeFactor(1, ""));
    }

    /** A factor is relative to the profile that was simulated, which may have one already. */
    @Test
    void aSecondCorrectionMultiplies() throws Exception {
        Path once = folder.resolve("once.json");
        Files.writeString(
                once,
                io.pocketllm.device.DeviceProfileWriter.json(
                        DeviceCatalogue.find("redmi-12c").withStepTimeFactor(1.5, "measured")));
        file = file.with("device.profile", once.toString());

        assertThat(slower(0.8).recalibrated().stepTimeFactor()).isEqualTo(1.2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.000 | The phone is as fast as its profile says (",
                "0.900 | The phone is 10.0 % faster than its profile (",
                "1.999 | The phone is 99.9 % slower than its profile (",
                "2.500 | A step takes 2.5 times as long as the profile says (",
            })
    void theVerdictIsInWords(double factor, String words) throws Exception {
        assertThat(ComparisonText.verdict(slower(factor))).startsWith(words);
    }

    @Test
    void whatIsWithinTheUncertaintyIsNoDifference() throws Exception {
        RunComparison comparison =
                compare(
                        BesideRuns.realEvents(30, step -> 1004 + 200 * (step % 3 - 1)),
                        BesideRuns.simulatedEvents(30, step -> 1000));

        assertThat(comparison.steps().uncertainty()).isGreaterThan(0.004);
        assertThat(ComparisonText.verdict(comparison)).startsWith("The phone is as fast as");
    }

    @Test
    void stepsAfterEitherBeganToThrottleAreLeftOut() throws Exception {
        List<Event> real = BesideRuns.realEvents(100, step -> step > 60 ? 2000 : 1000);
        real.add(41, BesideRuns.real(40, 38, 0));
        real.add(72, BesideRuns.real(70, 42, 1));
        List<Event> simulated = BesideRuns.simulatedEvents(100, step -> step > 90 ? 1300 : 1000);
        simulated.add(81, BesideRuns.simulated(80, 39, 0));
        simulated.add(92, BesideRuns.simulated(90, 41, 1));

        RunComparison comparison = compare(real, simulated);

        assertThat(comparison.steps().steps()).isEqualTo(40 - 5);
        assertThat(comparison.steps().ratio()).isEqualTo(1);
        assertThat(comparison.beforeThrottling()).isTrue();
        assertThat(ComparisonText.verdict(comparison)).contains("35 steps before throttling");
        assertThat(ComparisonText.throttling(comparison))
                .isEqualTo("It begins to throttle 20 steps earlier.");
        assertThat(comparison.real().startCelsius()).isEqualTo(38);
        assertThat(comparison.real().hottestCelsius()).isEqualTo(42);
    }

    @Test
    void throttlingNearlyFromTheStartIsCountedAndSaid() throws Exception {
        List<Event> real = BesideRuns.realEvents(100, step -> 1500);
        real.add(2, BesideRuns.real(1, 44, 2));
        List<Event> simulated = BesideRuns.simulatedEvents(100, step -> 1000);
        simulated.add(2, BesideRuns.simulated(1, 30, 0));

        RunComparison comparison = compare(real, simulated);

        assertThat(comparison.steps().steps()).isEqualTo(95);
        assertThat(comparison.warnings())
                .singleElement()
                .asString()
                .contains("throttled nearly from the start");
        assertThat(ComparisonText.throttling(comparison))
                .isEqualTo("It begins to throttle at step 1; simulated it does not.");
    }

    @Test
    void aPhoneThatDoesNotTellItsHeatIsComparedByItsSteps() throws Exception {
        RunComparison comparison = slower(1.1);

        assertThat(ComparisonText.throttling(comparison)).isEmpty();
        assertThat(comparison.real().hottestCelsius()).isNull();
        assertThat(comparison.steps().ratio()).isCloseTo(1.1, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12  | 1    | There are 8 steps to compare; 10 are needed.",
                "100 | 4e-3 | A step takes less than 5 ms",
                "100 | 25   | The profile would need a factor of 25.0; allowed are 0.1 to 20.",
            })
    void whatIsNotEnoughToCorrectAProfileIsRefusedWithTheReason(
            int steps, double factor, String why) throws Exception {
        RunComparison comparison =
                compare(
                        BesideRuns.realEvents(steps, step -> 1000 * factor),
                        BesideRuns.simulatedEvents(steps, step -> 1000));

        assertThat(comparison.doubt()).startsWith(why);
        PhoneException refusal =
                catchThrowableOfType(PhoneException.class, comparison::recalibrated);
        assertThat(refusal).hasMessageContaining(why);
        assertThat(refusal.hint()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training.batchSize | 8 | training.batchSize (4 on the phone, 8 simulated)",
                "training.microBatch | 2 | training.microBatch (not set on the phone, 2 simulated)",
                "data.maxTokens | 16 | data.maxTokens (32 on the phone, 16 simulated)",
                "method.space | full | method.space (lora on the phone, full simulated)",
                "method.directions | 2 | method.directions",
                "model.base | int8 | model.base",
                "device.threads | 2 | has 1 threads and the simulated one 2",
                "device.profile | none | has no simulated phone",
                "device.simulate | false | has no simulated phone",
                "device.profile | pixel-99 | profile cannot be read",
            })
    void runsThatDoNotDoTheSameAreRefused(String key, String value, String why) throws Exception {
        RunMeasurements real = BesideRuns.measured(BesideRuns.realEvents(50, s -> 100));
        RunMeasurements simulated = BesideRuns.measured(BesideRuns.simulatedEvents(50, s -> 100));
        RunFile other = file.with(key, value);

        PhoneException refusal =
                catchThrowableOfType(
                        PhoneException.class, () -> RunComparison.of(file, real, other, simulated));

        assertThat(refusal).hasMessageContaining(why);
        assertThat(refusal.hint()).isNotBlank();
        if (!key.equals("device.threads") && !value.equals("pixel-99")) {
            assertThat(RunComparison.isOfSimulated(file, other)).isFalse();
        }
    }

    @Test
    void settingsThatDoNotChangeAStepsWorkAreNamedAndAllowed() throws Exception {
        RunFile other =
                file.with("training.steps", "50")
                        .with("method.learningRate", "0.5")
                        .with("seed", "12")
                        // The default, written out.
                        .with("training.lengthBucketing", "false")
                        .with("device.realTime", "true");

        RunComparison comparison =
                RunComparison.of(
                        file,
                        BesideRuns.measured(BesideRuns.realEvents(100, s -> 110)),
                        other,
                        BesideRuns.measured(BesideRuns.simulatedEvents(50, s -> 100)));

        assertThat(comparison.differences())
                .extracting(SettingDifference::key)
                .contains("training.steps", "method.learningRate", "seed")
                .doesNotContain("device.realTime", "device.profile");
        assertThat(comparison.differences()).noneMatch(SettingDifference::changesWork);
        assertThat(comparison.warnings()).anyMatch(w -> w.contains("seed") && w.contains("texts"));
        assertThat(comparison.steps().steps()).isEqualTo(45);
        assertThat(RunComparison.isOfSimulated(file, other)).isTrue();
    }

    @Test
    void aRunThatHasNotBegunIsWaitedFor() {
        assertThat(catchThrowableOfType(PhoneException.class, () -> compare(List.of(), List.of())))
                .hasMessageContaining("not begun yet");
    }

    @Test
    void foldersAreComparedAndTheOnesThatAreNoneRefused() throws Exception {
        Path real =
                BesideRuns.onPhone(
                        folder.resolve("real"), file, BesideRuns.realEvents(100, s -> 120));
        Path simulated =
                BesideRuns.folder(
                        folder.resolve("sim"), file, BesideRuns.simulatedEvents(100, s -> 100));

        assertThat(RunComparison.of(real, simulated).steps().ratio()).isEqualTo(1.2);
        assertThat(
                        catchThrowableOfType(
                                PhoneException.class, () -> RunComparison.of(simulated, real)))
                .hasMessageContaining("is no run on a phone");
        assertThat(
                        catchThrowableOfType(
                                io.pocketllm.run.RunFileException.class,
                                () -> RunComparison.of(real, folder.resolve("nowhere"))))
                .hasMessageContaining("there is no such folder");
        List<Event> noClock = new ArrayList<>(BesideRuns.realEvents(100, s -> 100));
        Path plain = BesideRuns.folder(folder.resolve("plain"), file, noClock);
        assertThat(ComparisonText.verdict(RunComparison.of(real, plain)))
                .isEqualTo("No step of both is there to compare yet.");
    }
}
