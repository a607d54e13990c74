package io.pocketllm.run.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pocketllm.run.Event;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import io.pocketllm.run.RunProcess;
import io.pocketllm.run.Runs;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A sweep in real workers. */
@Timeout(180)
class SweepRunTest {

    /** In the second one the weight decay multiplies the head by −10⁷ at each step. */
    private static final String PARAMETERS =
            """
            "name": "Three", "goal": "loss",
            "parameters": {
              "data.tokenDropout": [0.1],
              "method": [
                { "space": "head", "learningRate": 0.001 },
                { "space": "head", "learningRate": 1e6, "weightDecay": 10 },
                { "space": "head", "learningRate": 0.002 }
              ]
            }""";

    @TempDir private Path root;

    private final Runs runs = new Runs(Folders.under(SmallInbox.sharedHome()));

    /** Ends the worker of the third run after a few steps. */
    private static final class Killer implements SweepListener {
        private boolean done;

        Killer(boolean done) {
            this.done = done;
        }

        @Override
        public void starts(Position position, boolean resumed) {}

        @Override
        public void event(Position position, Event event) {
            if (!done && position.place() == 3 && event instanceof Event.Step e && e.step() >= 5) {
                done = true;
                ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().commandLine().orElse("").contains("run-0003"))
                        .forEach(ProcessHandle::destroyForcibly);
            }
        }

        @Override
        public void ended(Position position, RunResult result) {}
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a worker is found by its command line")
    void aSweepWhoseWorkerWasKilledGoesOnToTheBitsOfAnUndisturbedRun() throws Exception {
        SmallInbox.data(root.resolve("data"));
        SweepFile file = SmallSweep.parse(root, 40, PARAMETERS);
        Path out = root.resolve("out");
        Sweep sweep = Sweep.begin(file, out, Shard.WHOLE, false, runs);
        assertThat(sweep.run(new Killer(false))).isEqualTo(SweepEnd.DONE);
        SweepFolder folder = SweepFolder.existing(out);
        List<Combination> all = folder.file().combinations();
        assertThat(all)
                .extracting(folder::state)
                .containsExactly(RunState.FINISHED, RunState.DIVERGED, RunState.FAILED);

        assertThat(Sweep.resume(out, null, false, runs).run(new Killer(true)))
                .isEqualTo(SweepEnd.DONE);
        SweepResults results = SweepResults.read(folder);
        assertThat(results.best()).isPresent();
        assertThat(results.runs())
                .last()
                .satisfies(r -> assertThat(r.state()).isEqualTo(RunState.DIVERGED));
        assertThat(results.runs().subList(0, 2))
                .allSatisfy(
                        run -> {
                            assertThat(run.state()).isEqualTo(RunState.FINISHED);
                            assertThat(run.step()).isEqualTo(40);
                            assertThat(run.loss()).isFinite();
                            assertThat(run.peakRssBytes()).isGreaterThan(50_000_000);
                            assertThat(run.elapsedMillis()).isPositive();
                        });

        Path alone = root.resolve("alone");
        try (RunProcess run = runs.startIn(file.runFile(all.get(2)), alone, event -> {})) {
            run.ended().get(90, TimeUnit.SECONDS);
        }
        RunFolder resumed = folder.run(all.get(2));
        assertThat(resumed.trajectory()).hasSameBinaryContentAs(new RunFolder(alone).trajectory());
        assertThat(resumed.checkpoint().resolve("model.safetensors"))
                .hasSameBinaryContentAs(alone.resolve("checkpoint/model.safetensors"));
    }

    @Test
    void whatIsMissingIsFoundBeforeTheFolderIsMade() throws Exception {
        SmallInbox.data(root.resolve("data"));
        Path out = root.resolve("out");
        for (String parameters :
                List.of(
                        "\"data.path\": [\"data\", \"nowhere\"]",
                        "\"model.path\": [\"builtin:all-MiniLM-L6-v2\", \"nowhere\"]",
                        "\"device.profile\": [\"none\", \"no-such-phone\"]")) {
            SweepFile file = SmallSweep.parse(root, 3, "\"parameters\": { " + parameters + " }");
            assertThatThrownBy(() -> Sweep.begin(file, out, Shard.WHOLE, false, runs))
                    .isInstanceOf(RunFileException.class)
                    .hasMessageContaining("run-0002 (");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void whatThePlanSaysItsPhoneWouldEndIsFoundBefore() throws Exception {
        SmallInbox.data(root.resolve("data"));
        SweepFile file =
                SmallSweep.parse(
                        root,
                        3,
                        "\"parameters\": { \"device.budgetBytes\": [20000000, 2000000000], \"seed\": [1, 2] }");
        List<Combination> all = file.combinations();
        assertThat(Preflight.check(file, all, runs))
                .containsOnlyKeys(all.get(0), all.get(1))
                .allSatisfy(
                        (run, why) -> {
                            assertThat(why.budgetBytes()).isEqualTo(20_000_000);
                            assertThat(why.plannedBytes()).isGreaterThan(20_000_000);
                        });
    }
}
