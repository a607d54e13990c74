package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pause, resume, evaluate and stop, given to a running worker. */
@Timeout(120)
class SteeredRunTest {

    @TempDir private Path folder;

    @Test
    void aPausedRunTakesNoStepUntilItIsResumedAndAStoppedOneSaves() throws Exception {
        RunFile file = SmallInbox.run(folder, "lora", 100_000_000);
        try (RecordedRun run = RecordedRun.start(file, folder.resolve("out"))) {
            run.awaitStep(3);
            run.process().pause();
            run.awaitEvent(Event.Paused.class::isInstance);
            int paused = run.events(Event.Paused.class).getFirst().step();

            // Asked for while paused: measured at the very step the run waits at.
            run.process().evaluate();
            run.awaitEvent(e -> e instanceof Event.Evaluated v && v.step() == paused);
            // Memory is read all the time, so three more readings are a wait without a guess.
            int readings = run.events(Event.Memory.class).size();
            await().atMost(RecordedRun.PATIENCE)
                    .until(() -> run.events(Event.Memory.class).size() >= readings + 3);
            run.process().resume();
            run.awaitEvent(Event.Resumed.class::isInstance);
            run.awaitStep(paused + 2);
            int before = run.events(Event.Evaluated.class).size();
            run.process().evaluate();
            await().atMost(RecordedRun.PATIENCE)
                    .until(() -> run.events(Event.Evaluated.class).size() > before);
            run.process().stop();
            ExitCode code = run.awaitEnd();

            List<Event> events = run.events();
            assertThat(code).isEqualTo(ExitCode.DONE);
            assertThat(whilePaused(events)).isNotEmpty().noneMatch(Event.Step.class::isInstance);
            assertThat(run.events(Event.Step.class))
                    .extracting(Event.Step::step)
                    .containsExactlyElementsOf(
                            java.util.stream.IntStream.rangeClosed(
                                            1, run.events(Event.Step.class).size())
                                    .boxed()
                                    .toList());
            assertThat(run.last())
                    .isInstanceOfSatisfying(
                            Event.Finished.class,
                            e -> {
                                assertThat(e.stopped()).isTrue();
                                assertThat(e.peakRssBytes()).isGreaterThan(100_000_000);
                                assertThat(e.accuracy()).isBetween(0.0, 1.0);
                            });
            assertThat(run.folder().checkpoint().resolve("model.safetensors")).isNotEmptyFile();
            assertThat(run.folder().readEvents()).isEqualTo(events);
        }
    }

    @Test
    void aRunStoppedWhilePausedEndsWithoutResuming() throws Exception {
        RunFile file = SmallInbox.run(folder, "head", 100_000_000, "data.tokenDropout", "0.1");
        try (RecordedRun run = RecordedRun.start(file, folder.resolve("out"))) {
            // Given before the worker has begun: nothing is lost on the way.
            run.process().pause();
            run.awaitEvent(Event.Paused.class::isInstance);
            run.process().stop();

            assertThat(run.awaitEnd()).isEqualTo(ExitCode.DONE);
            assertThat(run.events(Event.Step.class)).isEmpty();
            assertThat(run.events(Event.Resumed.class)).isEmpty();
            assertThat(((Event.Finished) run.last()).stopped()).isTrue();
            assertThat(Files.exists(run.folder().checkpoint())).isTrue();
        }
    }

    private static List<Event> whilePaused(List<Event> events) {
        int from = first(events, Event.Paused.class);
        return events.subList(from, first(events, Event.Resumed.class));
    }

    private static int first(List<Event> events, Class<? extends Event> type) {
        return events.indexOf(events.stream().filter(type::isInstance).findFirst().orElseThrow());
    }
}
