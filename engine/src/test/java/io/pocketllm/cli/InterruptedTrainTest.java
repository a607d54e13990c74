package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.pocketllm.run.Event;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pocketllm train} that is ended from outside. */
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
class InterruptedTrainTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void anInterruptedRunFinishesItsStepSavesAndExitsWith130(String signal) throws Exception {
        try (TrainProcess train = endlessTrain("lora")) {
            train.awaitSteps(2);
            assumeThat(ignores(train, signal))
                    .as("whoever started this build had it ignore SIG%s", signal)
                    .isFalse();
            ProcessHandle worker = train.worker();
            train.signal(signal);

            assertThat(train.awaitExit()).isEqualTo(130);
            assertThat(TrainProcess.hasEnded(worker)).isTrue();
            assertThat(train.err()).isEmpty();
            List<Event> events = train.events();
            assertThat(events.getLast())
                    .isInstanceOfSatisfying(
                            Event.Finished.class,
                            e -> {
                                assertThat(e.stopped()).isTrue();
                                assertThat(e.step()).isEqualTo(steps(events).getLast().step());
                            });
            RunFolder out = out();
            assertThat(out.readEvents()).isEqualTo(events);
            assertThat(out.summary()).isNotEmptyFile();
            assertThat(out.trajectory()).isNotEmptyFile();
            assertThat(out.checkpoint().resolve("model.safetensors")).isNotEmptyFile();
            assertThat(RunFile.read(out.runFile()).spec().name()).isEqualTo("Small run");
        }
    }

    @Test
    void aSecondInterruptEndsTheRunAtOnce() throws Exception {
        try (TrainProcess train = endlessTrain("lora")) {
            train.awaitSteps(1);
            // A worker that stands still cannot obey the first.
            stop(train.worker());
            train.signal("TERM");
            // Two signals at once may arrive as one.
            await().atMost(TrainProcess.PATIENCE)
                    .until(() -> !train.handle().destroy() || !train.handle().isAlive());

            assertThat(train.awaitExit()).isEqualTo(1);
            assertThat(train.events().getLast()).isInstanceOf(Event.Failed.class);
        }
    }

    @Test
    void aParentKilledAtAnyMomentLeavesItsEventsAndNoWorkerBehind() throws Exception {
        int step = ThreadLocalRandom.current().nextInt(1, 40);
        try (TrainProcess train = endlessTrain("head")) {
            train.awaitSteps(step);
            ProcessHandle worker = train.worker();
            train.handle().destroyForcibly();
            train.awaitExit();

            List<Event> shown = train.events();
            List<Event> kept = out().readEvents();
            // Written down first, shown then: the folder may know one more, never one less.
            assertThat(kept).as("killed at step %d", step).startsWith(shown.toArray(Event[]::new));
            assertThat(kept.size() - shown.size()).isBetween(0, 1);
            // Its standard input has ended, so it stops in good order, with nobody listening.
            await().atMost(TrainProcess.PATIENCE).until(() -> TrainProcess.hasEnded(worker));
            assertThat(out().checkpoint().resolve("model.safetensors")).isNotEmptyFile();
            assertThat(out().path().resolve("java-crash.log")).doesNotExist();
            assertThat(out().readEvents()).isEqualTo(kept);
        }
    }

    private RunFolder out() {
        return new RunFolder(folder.resolve("out"));
    }

    private TrainProcess endlessTrain(String space) throws Exception {
        SmallInbox.run(folder, space, 100_000_000);
        return TrainProcess.start(
                SmallInbox.sharedHome(),
                "train",
                folder.resolve("run.json").toString(),
                "--events",
                "--set",
                "data.tokenDropout=0.1",
                "--out",
                out().path().toString());
    }

    private static List<Event.Step> steps(List<Event> events) {
        return events.stream()
                .filter(Event.Step.class::isInstance)
                .map(Event.Step.class::cast)
                .toList();
    }

    private static void stop(ProcessHandle handle) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", "" + handle.pid()).start().waitFor())
                .isZero();
    }

    /** A signal that was ignored when a JVM started stays so: builds run by nohup or cron. */
    private static boolean ignores(TrainProcess train, String signal) throws Exception {
        Path status = Path.of("/proc/" + train.handle().pid() + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        int bit = signal.equals("INT") ? 1 : 14;
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >> bit & 1) == 1);
    }
}
