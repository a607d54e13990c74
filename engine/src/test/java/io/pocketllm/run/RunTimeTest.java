package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.probe.ClockFactors;
import io.pocketllm.plan.FitTable;
import io.pocketllm.plan.PlanRequest;
import io.pocketllm.plan.RowLength;
import io.pocketllm.plan.TimeBasis;
import io.pocketllm.plan.TimePlan;
import io.pocketllm.plan.TrainingWay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A step's time before a run beside what the run then takes on the phone's clock. */
@Timeout(180)
class RunTimeTest {

    private static final Path CACHE = Folders.under(SmallInbox.sharedHome()).cache();

    @TempDir private Path folder;

    private static TimePlan plan(RunFile file, int steps, TimeBasis basis) throws Exception {
        PlanRequest request = PlannedRun.request(file, CACHE);
        return RunTime.of(file, request, PlannedRun.device(file), steps, basis).orElseThrow();
    }

    @Test
    void theSampleRunTakesWhatItsDataSays() throws Exception {
        int steps = 12;
        RunFile sample =
                Runs.sample("inbox-nurse")
                        .with("training.steps", "" + steps)
                        .with("training.evaluateEvery", "1000")
                        .with("training.reference", "false");
        RowLength rows = BatchRows.mean(sample, CACHE);

        List<Event> events = RecordedRun.runToEnd(sample, folder.resolve("run"));

        double taken =
                RecordedRun.of(Event.Step.class, events).stream()
                        .mapToDouble(Event.Step::phoneMillis)
                        .average()
                        .orElseThrow();
        TimeBasis basis = RunTime.basis(sample, ClockFactors.keptIn(CACHE), Optional.of(rows));
        assertThat(plan(sample, steps, basis).stepMillis() / taken).isCloseTo(1, within(0.15));
        assertThat(rows.ofData()).isTrue();
        assertThat(rows.tokens()).isBetween(5.0, 64.0);
    }

    @Test
    void memoryIsPlannedForTheLongestRowsAndTimeForThoseOfTheData() throws Exception {
        RunFile file = SmallInbox.run(folder, "lora", 4, "device.profile", "oppo-reno6-5g");
        RowLength rows = BatchRows.mean(file, CACHE);
        PlanRequest request = PlannedRun.request(file, CACHE);
        TimeBasis read = RunTime.basis(file, ClockFactors.ESTIMATED, Optional.of(rows));
        TimeBasis unread = RunTime.basis(file, ClockFactors.ESTIMATED, Optional.empty());

        RunOutlook outlook = RunOutlook.of(file, "a model", request.model(), read);
        RunOutlook longest = RunOutlook.of(file, "a model", request.model(), unread);

        assertThat(outlook.plan()).isEqualTo(longest.plan());
        assertThat(outlook.time().orElseThrow().stepMillis())
                .isLessThan(longest.time().orElseThrow().stepMillis() / 1.5);
        assertThat(outlook.rows().words()).endsWith("a row, the mean of its batches");
        assertThat(longest.rows().words())
                .isEqualTo(file.spec().data().maxTokens() + " tokens a row, the longest allowed");
    }

    @Test
    void ofManyExamplesSomeSayHowLongTheyAre() throws Exception {
        StringBuilder lines = new StringBuilder("text\tlabel\n");
        for (int i = 0; i < 3 * BatchRows.MOST_EXAMPLES; i++) {
            lines.append("one two three".repeat(1 + i % 3)).append("\tignore\n");
        }
        RunFile file = SmallInbox.run(folder, "lora", 400);
        Files.writeString(folder.resolve("train.tsv"), lines);
        // Special tokens too, padded to the longest of a batch.
        assertThat(BatchRows.mean(file, CACHE).tokens()).isCloseTo(9 + 2, within(2.0));
    }

    /** Worker, plan and table of what fits go by the same measurement. */
    @Test
    void whatWasMeasuredOfThisComputerDecidesEveryTime() throws Exception {
        DeviceProfile phone = DeviceCatalogue.find("oppo-reno6-5g");
        RunFile file =
                SmallInbox.run(
                        folder,
                        "lora",
                        4,
                        "device.profile",
                        phone.id(),
                        "device.threads",
                        "" + phone.defaultThreads());
        Path cache = Files.createDirectories(folder.resolve("cache"));
        TimeBasis estimated = RunTime.basis(file, ClockFactors.keptIn(cache), Optional.empty());
        double before = plan(file, 100, estimated).stepMillis();
        assertThat(before).isEqualTo(inTable(file, phone, estimated));
        assertThat(calibration(file, phone, cache)).isEqualTo(Calibration.ESTIMATED);

        KeptProbe.write(cache, phone.defaultThreads());

        TimeBasis measured = RunTime.basis(file, ClockFactors.keptIn(cache), Optional.empty());
        double after = plan(file, 100, measured).stepMillis();
        assertThat(after).isNotCloseTo(before, within(0.05 * before));
        assertThat(after).isEqualTo(inTable(file, phone, measured));
        assertThat(calibration(file, phone, cache)).isEqualTo(Calibration.HOST_PROBE);
    }

    private static double inTable(RunFile file, DeviceProfile phone, TimeBasis basis)
            throws Exception {
        TrainingWay way = new TrainingWay.ForwardOnly("m", PlannedRun.request(file, CACHE));
        return FitTable.of(List.of(way), List.of(phone), basis)
                .rows()
                .getFirst()
                .times()
                .getFirst()
                .orElseThrow()
                .stepMillis();
    }

    private static String calibration(RunFile file, DeviceProfile phone, Path cache)
            throws Exception {
        return TrainingPhones.of(
                        file, phone, cache, null, new RunControl(), Stopwatch.fromNow(), e -> {})
                .calibration();
    }
}
