package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.MachineRates;
import io.pocketllm.device.probe.HostProbe;
import io.pocketllm.forward.MiniLm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the host probe measured, and who goes by it. */
@Timeout(120)
class HostCalibrationTest {

    @TempDir private Path folder;

    private String calibration(Path cache) throws Exception {
        RunFile file =
                SmallInbox.run(
                        folder,
                        "head",
                        1,
                        "device.profile",
                        "oppo-reno6-5g",
                        "device.threads",
                        "1");
        return TrainingPhones.of(
                        file,
                        DeviceCatalogue.find("oppo-reno6-5g"),
                        cache,
                        null,
                        new RunControl(),
                        Stopwatch.fromNow(),
                        e -> {})
                .calibration();
    }

    @Test
    void aWorkerGoesByWhatIsKeptAndMeasuresNothing() throws Exception {
        assertThat(calibration(folder)).isEqualTo("estimated");
        assertThat(folder.resolve("host-probe-1-threads.json")).doesNotExist();

        MiniLm.prepare();
        MachineRates rates = HostProbe.rates(MiniLm.CACHE, 1);
        assertThat(rates.callSeconds()).isPositive();
        Path kept = folder.resolve("host-probe-1-threads.json");
        Files.copy(MiniLm.CACHE.resolve("host-probe-1-threads.json"), kept);

        assertThat(calibration(folder)).isEqualTo("host-probe");

        Files.writeString(kept, "{\"version\": 2, \"cores\"");
        assertThat(calibration(folder)).as("damaged").isEqualTo("estimated");
    }

    @Test
    void nothingIsKeptInANewHome() {
        Folders folders = Folders.under(folder);

        assertThat(HostCalibration.kept(folders)).isEmpty();
        assertThat(HostCalibration.isNeeded(folders)).isTrue();
        assertThat(HostCalibration.threadCounts())
                .isNotEmpty()
                .allMatch(t -> t <= Runtime.getRuntime().availableProcessors());
    }
}
