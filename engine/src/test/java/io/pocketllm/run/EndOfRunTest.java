package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways a run can end, each with its last event, its exit code and its files. */
@Timeout(120)
class EndOfRunTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"head, activation-subspace", "lora, gaussian", "full, rademacher"})
    void everySpaceTrainsAndWritesACheckpoint(String space, String direction) throws Exception {
        RunFile file =
                SmallInbox.run(
                        folder,
                        space,
                        3,
                        "method.direction",
                        direction,
                        "training.reference",
                        "true");

        List<Event> events = RecordedRun.runToEnd(file, folder.resolve("out"));

        RunFolder out = new RunFolder(folder.resolve("out"));
        assertThat(RecordedRun.of(Event.Step.class, events))
                .extracting(Event.Step::step)
                .containsExactly(1, 2, 3);
        Event.Started started = RecordedRun.of(Event.Started.class, events).getFirst();
        assertThat(started.trainExamples()).isEqualTo(12);
        assertThat(started.heldOutExamples()).isEqualTo(6);
        assertThat(RecordedRun.of(Event.Reference.class, events)).hasSize(1);
        assertThat(events.getLast()).isInstanceOf(Event.Finished.class);
        // Four bytes each for what moves, and more where frozen adapters go with it.
        assertThat(Files.size(out.checkpoint().resolve("model.safetensors")))
                .isGreaterThan(4 * started.trainableParameters());
        assertThat(RunFile.read(out.runFile()).spec().data().path())
                .isEqualTo(folder.resolve("data").toString());
    }

    @Test
    void aRunFolderThatTakesNoMoreIsToldOnceAndTheRunEndsAsItWould() throws Exception {
        RunFile file = SmallInbox.run(folder, "head", 100_000_000);
        try (RecordedRun run = RecordedRun.start(file, folder.resolve("out"))) {
            run.awaitStep(2);
            // A folder in the file's place stands for every reason why a file cannot be written.
            Files.createDirectory(run.folder().summary());
            run.process().stop();

            assertThat(run.awaitEnd()).isEqualTo(ExitCode.DONE);
            assertThat(run.last()).isInstanceOf(Event.Finished.class);
            assertThat(run.events(Event.Warning.class))
                    .filteredOn(w -> w.message().contains("cannot be written"))
                    .singleElement()
                    .satisfies(w -> assertThat(w.hint()).contains("Free some space"));
        }
    }

    @Test
    void aPhoneWithTooLittleMemoryKillsTheRunAndSaysHowFarItCame() throws Exception {
        RunFile file = SmallInbox.run(folder, "full", 5, "device.budgetBytes", "150000000");
        try (RecordedRun run = RecordedRun.start(file, folder.resolve("out"))) {
            assertThat(run.awaitEnd()).isEqualTo(ExitCode.KILLED);

            Event.Killed killed = (Event.Killed) run.last();
            assertThat(killed.budgetBytes()).isEqualTo(150_000_000);
            assertThat(killed.rssBytes()).isGreaterThan(150_000_000);
            assertThat(killed.step()).isZero();
            assertThat(killed.why()).contains("150 MB", "after 0 steps");
            assertThat(killed.hint()).contains("data.maxTokens");
            assertThat(run.worker().isAlive()).isFalse();
            assertThat(run.folder().readEvents()).isEqualTo(run.events());
            assertThat(Files.readString(run.folder().summary())).contains("\"event\":\"killed\"");
        }
    }

    /** The step itself still gives numbers; the weights it leaves behind no longer do. */
    @Test
    void aRunWhoseLastStepLeavesTheNumbersSaysDivergedAndHowToGoOn() throws Exception {
        RunFile file =
                SmallInbox.run(
                        folder,
                        "full",
                        1,
                        "method.learningRate",
                        "1000000",
                        "objective.logitScale",
                        "10000",
                        "training.evaluateEvery",
                        "1");
        try (RecordedRun run = RecordedRun.start(file, folder.resolve("out"))) {
            ExitCode code = run.awaitEnd();

            assertThat(run.last())
                    .isInstanceOfSatisfying(
                            Event.Diverged.class,
                            e -> {
                                assertThat(e.message()).contains("step 1", "held-out loss NaN");
                                assertThat(e.hint()).contains("method.learningRate");
                            });
            assertThat(code).isEqualTo(ExitCode.DIVERGED);
            assertThat(run.events(Event.Evaluated.class).getLast().loss()).isNaN();
            assertThat(run.folder().readEvents()).isEqualTo(run.events());
            assertThat(Files.readString(run.folder().summary())).contains("\"event\":\"diverged\"");
        }
    }

    @Test
    void aDeviceFileBesideTheRunFileIsFoundByTheWorkerToo() throws Exception {
        try (var profile =
                getClass().getResourceAsStream("/io/pocketllm/device-profiles/redmi-12c.json")) {
            Files.copy(profile, folder.resolve("redmi-12c.json"));
        }
        RunFile file = SmallInbox.run(folder, "head", 1, "device.profile", "./redmi-12c.json");

        List<Event> events = RecordedRun.runToEnd(file, folder.resolve("out"));

        assertThat(RecordedRun.of(Event.Started.class, events).getFirst().deviceName())
                .contains("Redmi 12C");
    }
}
