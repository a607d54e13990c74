package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.TrajectoryHeader;
import io.pocketllm.zo.TrajectoryWriter;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A killed run that goes on ends at the very bits of one that nobody touched. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
class ResumeTest {

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}, killed after step {2} of {1}")
    @CsvSource({
        // preset, steps, killed after, what its space is
        "zo-conservative, 60, 5, head",
        "agzo,            8,   3,  lora-b",
    })
    void aKilledRunGoesOnToTheSameBits(String preset, int steps, int killedAfter, String space)
            throws Exception {
        RunFile file =
                SmallInbox.run(
                        folder,
                        space,
                        steps,
                        "method.preset",
                        preset,
                        "training.schedule",
                        "linear",
                        "data.tokenDropout",
                        "0.1");
        Path out = folder.resolve("out");
        try (RecordedRun undisturbed = RecordedRun.start(file, folder.resolve("whole"));
                RecordedRun run = RecordedRun.start(file, out)) {
            run.awaitStep(killedAfter);
            run.worker().destroyForcibly();
            assertThat(run.awaitEnd()).isEqualTo(ExitCode.INTERNAL_ERROR);
            int told = run.events(Event.Step.class).getLast().step();
            Files.writeString(run.folder().events(), "{\"event\":\"ste", StandardOpenOption.APPEND);
            Files.write(run.folder().trajectory(), new byte[7], StandardOpenOption.APPEND);

            try (RecordedRun resumed = RecordedRun.resume(out)) {
                assertThat(resumed.awaitEnd()).as("%s", resumed.last()).isEqualTo(ExitCode.DONE);
                // Written before it is told: one step more may have been taken.
                int first = resumed.events(Event.Started.class).getFirst().firstStep();
                assertThat(first).isBetween(told + 1, told + 2);
                assertThat(resumed.events(Event.Step.class))
                        .extracting(Event.Step::step)
                        .startsWith(first)
                        .endsWith(steps);
            }
            assertThat(undisturbed.awaitEnd()).isEqualTo(ExitCode.DONE);
            assertThat(checkpoint(run.folder()))
                    .hasSameBinaryContentAs(checkpoint(undisturbed.folder()));
            assertThat(run.folder().trajectory())
                    .hasSameBinaryContentAs(undisturbed.folder().trajectory());
            assertThat(Files.readAllLines(run.folder().events()))
                    .allSatisfy(line -> assertThat(EventJson.parse(line)).isPresent());
            assertThat(finished(run.folder()).startAccuracy())
                    .isEqualTo(finished(undisturbed.folder()).startAccuracy());
        }
    }

    private static Event.Finished finished(RunFolder folder) throws IOException {
        return (Event.Finished)
                EventJson.parse(Files.readString(folder.summary()).strip()).orElseThrow();
    }

    @Test
    void aReplayGivesTheCheckpointsBitsAndNamesTheFirstOneThatIsOther() throws Exception {
        RunFile file = SmallInbox.run(folder, "bitfit", 3, "method.update", "adam", "seed", "-4");
        Path out = folder.resolve("out");
        RecordedRun.runToEnd(file, out);
        RunFolder run = RunFolder.existing(out);

        try (Replay replay = replayed(run)) {
            assertThat(replay.steps()).isEqualTo(3);
            assertThat(replay.differences()).isEmpty();
        }
        // The model's own file gives the start again where the folder does not keep it.
        Files.delete(run.start());
        try (Replay replay = replayed(run)) {
            assertThat(replay.differences()).isEmpty();
        }
        // The last number of the file belongs to one tensor only.
        byte[] bytes = Files.readAllBytes(checkpoint(run));
        bytes[bytes.length - 1] ^= 1;
        Files.write(checkpoint(run), bytes);
        try (Replay replay = replayed(run)) {
            List<Replay.Difference> found = replay.differences();
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().index()).isNotNegative();
            assertThat(found.getFirst().replayed()).isNotEqualTo(found.getFirst().saved());
        }
    }

    @Test
    void aRunFileThatWasChangedIsNotResumed() throws Exception {
        RunFolder run = new RunFolder(folder);
        MethodSpec method = MethodSpec.mezo(MethodSpec.Space.HEAD, 0.1);
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("classifier.bias", 3);
            TrajectoryHeader before = TrajectoryHeader.of(11, method, store.tensors());
            new TrajectoryWriter(run.trajectory(), before).close();
            TrajectoryHeader now = TrajectoryHeader.of(12, method, store.tensors());
            try (ZerothOrderOptimizer optimizer = new ZerothOrderOptimizer(store, method, 12, 1)) {
                RunFileException refused =
                        catchThrowableOfType(
                                RunFileException.class,
                                () ->
                                        ResumedRun.behindTheLastStep(
                                                run, now, optimizer, step -> {}));
                assertThat(refused).hasMessageContaining("the seed");
                assertThat(refused.hint()).contains("new run");
            }
        }
    }

    @Test
    void whatIsNoRunFolderIsRefused() {
        assertThat(
                        catchThrowableOfType(
                                RunFileException.class,
                                () -> RunFolder.existing(folder.resolve("none"))))
                .hasMessageContaining("there is no such folder");
        assertThat(catchThrowableOfType(RunFileException.class, () -> RunFolder.existing(folder)))
                .hasMessageContaining("no run.json in it");
    }

    private static Replay replayed(RunFolder run) throws Exception {
        return Replay.of(run, Folders.under(SmallInbox.sharedHome()).cache(), 2, step -> {});
    }

    private static Path checkpoint(RunFolder folder) {
        return folder.checkpoint().resolve("model.safetensors");
    }
}
