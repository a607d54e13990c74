package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.run.SmallInbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code pocketllm sweep}. */
@Timeout(180)
class SweepCommandTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int sweep(String... arguments) {
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }

    private String write(String parameters) throws Exception {
        SmallInbox.run(folder, "head", 60);
        Path file = folder.resolve("sweep.json");
        Files.writeString(
                file,
                "{ \"version\": 1, \"base\": \"run.json\", \"parameters\": { %s } }"
                        .formatted(parameters));
        return file.toString();
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.sorted().toList();
        }
    }

    @Test
    void aDryRunListsWhatWouldBeRunAndSkippedAndWritesNothing() throws Exception {
        String file = write("\"device.budgetBytes\": [20000000, 2000000000], \"seed\": [1, 2, 3]");
        List<Path> before = files();
        assertThat(sweep("sweep", file, "--dry-run")).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("RUN budgetBytes seed PLAN", "run-0006 2000000000 3 run")
                .anyMatch(
                        line ->
                                line.startsWith("run-0001 20000000 1 skipped: takes")
                                        && line.endsWith("device.budgetBytes allows 20 MB"))
                .contains("Untitled sweep: 6 of 6 runs here, 3 skipped. Nothing was run.");

        out.getBuffer().setLength(0);
        assertThat(sweep("sweep", file, "--dry-run", "--json", "--shard", "2/4")).isZero();
        JsonNode plan = new JsonMapper().readTree(out.toString());
        assertThat(plan.path("combinations").asInt()).isEqualTo(6);
        assertThat(plan.path("runs").findValuesAsText("run"))
                .containsExactly("run-0002", "run-0006");
        assertThat(plan.path("runs").findValuesAsText("skipped")).containsExactly("true", "false");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void mistakesAreExplainedAndNothingIsWritten() throws Exception {
        String file = write("\"method.learningRate\": [0.1, -1]");
        List<Path> before = files();
        assertMistake("run-0002 (learningRate=-1): method.learningRate: is -1", file);
        assertMistake("no such file", folder.resolve("nun.json").toString());
        assertMistake("sample:sweep-hed", "sample:sweep-hed");
        assertMistake("no sweep.json in it", folder.resolve("data").toString(), "--resume");
        assertMistake("goes on with the sweep as it is", file, "--resume", "--steps", "5");
        assertMistake("--resume", folder.toString());
        assertMistake("\"3/2\" is no part of a sweep", file, "--shard", "3/2");
        assertMistake("--steps 0", file, "--steps", "0");
        assertMistake("--steps", file, "--steps", "many");
        assertMistake("is no path", "a\0b");
        assertThat(files()).isEqualTo(before);
    }

    private void assertMistake(String says, String... arguments) {
        err.getBuffer().setLength(0);
        String[] all =
                Stream.concat(Stream.of("sweep"), Stream.of(arguments)).toArray(String[]::new);
        assertThat(sweep(all)).as("%s: %s", List.of(all), err).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("pocketllm: ")
                .contains(says)
                .doesNotContain("Exception", "\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
    void anInterruptedSweepExitsWith130AndIsResumedToItsEnd() throws Exception {
        String file = write("\"seed\": [1, 2], \"data.tokenDropout\": [0.1]");
        String dir = folder.resolve("out").toString();
        Path home = SmallInbox.sharedHome();
        try (TrainProcess sweep = TrainProcess.start(home, "sweep", file, "--out", dir)) {
            await().atMost(TrainProcess.PATIENCE)
                    .until(
                            () ->
                                    !sweep.handle().isAlive()
                                            || sweep.out()
                                                    .contains("Run 1 of 2   run-0001  seed=1"));
            sweep.signal("TERM");
            assertThat(sweep.awaitExit()).as("%s %s", sweep.out(), sweep.err()).isEqualTo(130);
            assertThat(sweep.out())
                    .anyMatch(line -> line.startsWith("Open: 2 of 2 runs. Interrupted"));
        }
        try (TrainProcess sweep = TrainProcess.start(home, "sweep", dir, "--resume", "--json")) {
            assertThat(sweep.awaitExit()).as("%s %s", sweep.out(), sweep.err()).isZero();
            assertThat(sweep.err()).isEmpty();
            assertThat(sweep.out()).hasSize(1);
            JsonNode results = new JsonMapper().readTree(sweep.out().getFirst());
            assertThat(results.path("end").asText()).isEqualTo("done");
            assertThat(results.path("best").asText()).startsWith("run-000");
            assertThat(results.path("runs").findValuesAsText("state"))
                    .containsExactly("finished", "finished");
            assertThat(results.path("runs").findValuesAsText("step")).containsExactly("60", "60");
            assertThat(results.path("groups").path(0).path("finished").asInt()).isEqualTo(2);
            assertThat(results.path("groups").path(0).path("lossDeviation").isNumber()).isTrue();
        }
    }
}
