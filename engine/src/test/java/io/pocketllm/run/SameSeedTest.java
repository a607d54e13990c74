package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same run file gives the same numbers, bit for bit. Runs that are compared run at the same
 * time: what else the computer does must not change a bit either.
 */
@Timeout(120)
class SameSeedTest {

    @TempDir private Path folder;

    /** What a step measured, as bits: -0.0 and 0.0 differ. */
    private record Measured(int step, long lossPlus, long lossMinus, long projectedGradient) {
        static Measured of(Event.Step step) {
            return new Measured(
                    step.step(),
                    Double.doubleToRawLongBits(step.lossPlus()),
                    Double.doubleToRawLongBits(step.lossMinus()),
                    Double.doubleToRawLongBits(step.projectedGradient()));
        }
    }

    /** With all that is drawn by chance: batches, left-out tokens, and directions. */
    @Test
    void theSameSeedGivesTheSameBitsAgainAndAnotherSeedOthers() throws Exception {
        RunFile file =
                SmallInbox.run(
                        folder,
                        "head",
                        3,
                        "method.direction",
                        "activation-subspace",
                        "data.tokenDropout",
                        "0.1");
        try (RecordedRun first = start(file, "first");
                RecordedRun again = start(file, "again");
                RecordedRun twoThreads = start(file.with("training.noiseThreads", "2"), "two");
                RecordedRun otherSeed = start(file.with("seed", "12"), "other")) {

            List<Measured> expected = measured(first);
            assertThat(expected).hasSize(3).doesNotHaveDuplicates();
            assertThat(measured(again)).isEqualTo(expected);
            assertThat(measured(twoThreads)).isEqualTo(expected);
            assertThat(measured(otherSeed)).doesNotContainAnyElementsOf(expected);
            assertThat(checkpoint(again)).hasSameBinaryContentAs(checkpoint(first));
            assertThat(checkpoint(twoThreads)).hasSameBinaryContentAs(checkpoint(first));
        }
    }

    /** Only the noise of "full" is long enough to be shared out among threads. */
    @ParameterizedTest
    @ValueSource(strings = {"lora", "full"})
    void theNumberOfNoiseThreadsDoesNotShowInABit(String space) throws Exception {
        RunFile file = SmallInbox.run(folder, space, 2, "method.learningRate", "1e-6");
        try (RecordedRun one = start(file, "one");
                RecordedRun two = start(file.with("training.noiseThreads", "2"), "two")) {

            assertThat(measured(two)).hasSize(2).isEqualTo(measured(one));
            assertThat(checkpoint(two)).hasSameBinaryContentAs(checkpoint(one));
        }
    }

    private RecordedRun start(RunFile file, String out) throws IOException, RunFileException {
        return RecordedRun.start(file, folder.resolve(out));
    }

    private static List<Measured> measured(RecordedRun run) {
        assertThat(run.awaitEnd()).as("%s", run.last()).isEqualTo(ExitCode.DONE);
        return run.events(Event.Step.class).stream().map(Measured::of).toList();
    }

    private static Path checkpoint(RecordedRun run) {
        return run.folder().checkpoint().resolve("model.safetensors");
    }
}
