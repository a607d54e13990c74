package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.RunFolder;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the terminal shows at the end of a run, and the number the process exits with. */
@Timeout(180)
class ExitCodeTest {

    @TempDir private Path folder;

    @Test
    void aRunThatEndsByItselfExitsWith0AndNamesItsFolder() throws Exception {
        try (TrainProcess train = train("head", "--steps", "4", "--device", "redmi-12c")) {
            assertThat(train.awaitExit()).as("%s", train.err()).isZero();
            assertThat(train.err()).isEmpty();
            assertThat(train.out())
                    .anyMatch(line -> line.matches("Phone      Redmi 12C.*, budget 1,\\d+ MB, .*"))
                    .anyMatch(line -> line.contains("step 4 of 4"))
                    .anyMatch(line -> line.startsWith("Finished after 4 steps"))
                    .endsWith("Run folder: " + folder.resolve("out"));
            assertThat(new RunFolder(folder.resolve("out")).summary()).isNotEmptyFile();
        }
    }

    @Test
    void aRunKilledByThePhoneExitsWith3AndSaysHowMuchAndHowFar() throws Exception {
        try (TrainProcess train =
                train("full", "--set", "device.budgetBytes=150000000", "--run-anyway")) {
            assertThat(train.awaitExit()).as("%s", train.err()).isEqualTo(3);
            assertThat(train.out())
                    .anyMatch(
                            line ->
                                    line.startsWith("Killed. ")
                                            && line.contains("150 MB")
                                            && line.contains("after 0 steps"));
            assertThat(Files.readString(new RunFolder(folder.resolve("out")).summary()))
                    .contains("\"event\":\"killed\"", "\"budgetBytes\":150000000");
        }
    }

    @Test
    void aRunThatWouldProbablyBeKilledIsRefusedWithWhatWouldFitAndLeavesNothing() throws Exception {
        try (TrainProcess train = train("full", "--set", "device.budgetBytes=150000000")) {
            assertThat(train.awaitExit()).isEqualTo(2);
            assertThat(String.join("\n", train.err()))
                    .contains("would probably be killed", "grants 150 MB", "--run-anyway");
            assertThat(folder.resolve("out")).doesNotExist();
        }
    }

    @Test
    void aRunThatDivergesExitsWith4AndSaysWhatToLower() throws Exception {
        try (TrainProcess train =
                train(
                        "full",
                        "--set",
                        "method.learningRate=1000000",
                        "--set",
                        "objective.logitScale=10000")) {
            assertThat(train.awaitExit()).as("%s", train.err()).isEqualTo(4);
            assertThat(train.out())
                    .anyMatch(line -> line.startsWith("Diverged. "))
                    .anyMatch(line -> line.contains("Lower method.learningRate"));
        }
    }

    private TrainProcess train(String space, String... options) throws Exception {
        SmallInbox.run(folder, space, 40);
        List<String> arguments =
                new ArrayList<>(List.of("train", folder.resolve("run.json").toString()));
        arguments.addAll(List.of("--out", folder.resolve("out").toString()));
        arguments.addAll(List.of(options));
        return TrainProcess.start(SmallInbox.sharedHome(), arguments.toArray(String[]::new));
    }
}
