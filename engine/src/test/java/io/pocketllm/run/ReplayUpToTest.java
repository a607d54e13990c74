package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of any step of a run, from the trajectory of the whole run. */
@Timeout(120)
class ReplayUpToTest {

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource({
        "lozo-m, lora, 7", // running means, and a basis that is refreshed
        "agzo, lora-b, 3" // adapter matrices that do not move
    })
    void replaying_to_step_n_gives_the_checkpoint_of_a_run_that_was_stopped_at_n(
            String preset, String space, int n) throws Exception {
        RunFolder whole = run("whole", preset, space, n + 4);
        RunFolder stopped = run("stopped", preset, space, n);
        List<Integer> told = new ArrayList<>();
        try (Replay replay = Replay.upTo(n, whole, cache(), 2, told::add)) {
            assertThat(replay.steps()).isEqualTo(n);
            List<Path> written = replay.export(folder.resolve("step"));
            assertThat(written).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        }
        assertThat(told).startsWith(0).endsWith(n).hasSize(n + 1);
        assertThat(folder.resolve("step/checkpoint.safetensors"))
                .hasSameBinaryContentAs(stopped.checkpoint().resolve("model.safetensors"));
        for (Path file : Export.write(stopped, folder.resolve("exported"))) {
            assertThat(folder.resolve("step").resolve(file.getFileName()))
                    .hasSameBinaryContentAs(file);
        }
    }

    @Test
    void a_replay_ends_where_its_listener_wants_it_to() throws Exception {
        RunFolder run = run("whole", "mezo", "head", 4);
        assertThatThrownBy(
                        () ->
                                Replay.upTo(
                                        4,
                                        run,
                                        cache(),
                                        1,
                                        step -> {
                                            if (step == 2) {
                                                throw new CancellationException();
                                            }
                                        }))
                .isInstanceOf(CancellationException.class);
        try (Replay start = Replay.upTo(0, run, cache(), 1, step -> {})) {
            assertThat(start.steps()).isZero();
            start.write(folder.resolve("start.safetensors"));
        }
        assertThat(Files.size(folder.resolve("start.safetensors"))).isPositive();
    }

    private RunFolder run(String name, String preset, String space, int steps) throws Exception {
        // Constant steps: a schedule would know how long the whole run is.
        RunFile file = SmallInbox.run(folder, space, steps, "method.preset", preset);
        RecordedRun.runToEnd(file, folder.resolve(name));
        return new RunFolder(folder.resolve(name));
    }

    private static Path cache() {
        return Folders.under(SmallInbox.sharedHome()).cache();
    }
}
