package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is ended from outside leaves a folder that opens. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
class KilledWorkerTest {

    @TempDir private Path folder;

    @Test
    void aWorkerKilledAtAnyStepLeavesEveryEventAndEveryStepBehind() throws Exception {
        int step = ThreadLocalRandom.current().nextInt(1, 60);
        try (RecordedRun run = RecordedRun.start(endless("head"), folder.resolve("out"))) {
            run.awaitStep(step);
            run.worker().destroyForcibly();
            ExitCode code = run.awaitEnd();

            assertThat(code).as("killed at step %d", step).isEqualTo(ExitCode.INTERNAL_ERROR);
            assertThat(run.folder().readEvents()).isEqualTo(run.events());
            assertThat(run.last())
                    .isInstanceOfSatisfying(
                            Event.Failed.class,
                            e -> {
                                int steps = run.events(Event.Step.class).size();
                                assertThat(e.message())
                                        .contains("signal 9", "after " + steps + " steps");
                                assertThat(e.hint()).contains("trajectory.zot");
                            });
            assertThat(Files.readString(run.folder().summary()).strip())
                    .isEqualTo(EventJson.line(run.last()));
            trajectoryHolds(run.folder(), run.events(Event.Step.class));
        }
    }

    @Test
    void aPersonsKillIsToldFromAFault() throws Exception {
        try (RecordedRun run = RecordedRun.start(endless("lora"), folder.resolve("out"))) {
            run.awaitStep(2);
            run.process().kill();
            run.awaitEnd();

            assertThat(run.last())
                    .isInstanceOfSatisfying(
                            Event.Failed.class,
                            e -> assertThat(e.message()).contains("ended at once"));
        }
    }

    @Test
    void aTerminatedWorkerFinishesItsStepAndSavesWithoutACrash() throws Exception {
        try (RecordedRun run = RecordedRun.start(endless("lora"), folder.resolve("out"))) {
            run.awaitStep(3);
            run.worker().destroy();

            assertThat(run.awaitEnd()).isEqualTo(ExitCode.DONE);
            assertThat(run.last())
                    .isInstanceOfSatisfying(
                            Event.Finished.class,
                            e -> {
                                assertThat(e.stopped()).isTrue();
                                assertThat(e.step())
                                        .isEqualTo(run.events(Event.Step.class).getLast().step());
                            });
            assertThat(run.folder().checkpoint().resolve("model.safetensors")).isNotEmptyFile();
            assertThat(names(run.folder().path()))
                    .noneMatch(n -> n.matches("hs_err.*|java-crash.*"));
        }
    }

    private RunFile endless(String space) throws Exception {
        return SmallInbox.run(folder, space, 100_000_000, "data.tokenDropout", "0.1");
    }

    private static void trajectoryHolds(RunFolder folder, List<Event.Step> steps)
            throws IOException {
        var slopes = TrajectoryFile.firstSlopes(folder.trajectory());
        assertThat(steps).isNotEmpty();
        for (Event.Step step : steps) {
            assertThat(slopes).containsEntry(step.step(), (float) step.projectedGradient());
        }
        // Written before it is told: at most the step under way is in the file alone.
        assertThat(slopes.size() - steps.size()).isBetween(0, 1);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
