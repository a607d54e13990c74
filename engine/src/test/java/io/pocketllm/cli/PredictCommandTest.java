package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.Folders;
import io.pocketllm.run.SmallInbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pocketllm predict}: what it prints, and what it says of input that cannot be used. */
@Timeout(120)
class PredictCommandTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int predict(String... arguments) {
        List<String> all = new ArrayList<>(List.of("predict", "--cache"));
        all.add(Folders.under(SmallInbox.sharedHome()).cache().toString());
        all.addAll(List.of(arguments));
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void aModelThatWasNotTrainedTellsItsStartAndItsDataIsNotAskedFor() throws Exception {
        SmallInbox.run(folder, "head", 5);
        Files.delete(folder.resolve("data/train.tsv"));
        String run = folder.resolve("run.json").toString();

        assertThat(predict(run, "--text", "Can you come?", "--text", "Half price")).isZero();
        assertThat(out.toString().lines())
                .hasSize(10)
                .contains("\"Can you come?\"", "\"Half price\"")
                .anyMatch(line -> line.matches("  reply now +\\d+\\.\\d % +"));

        out.getBuffer().setLength(0);
        assertThat(predict(run, "--json", "--text", "Can you come?")).isZero();
        Event.Prediction answer =
                (Event.Prediction) EventJson.parse(out.toString().strip()).orElseThrow();
        assertThat(answer.probabilities().keySet())
                .containsExactly("reply now", "read later", "ignore");
        assertThat(answer.startProbabilities()).isEqualTo(answer.probabilities());
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere,          hello, there is no such file",
        "data,             hello, is no run folder",
        "sample:of-nobody, hello, there is no such ready-made run",
        "run.json,         '',    is empty or longer than 4000",
    })
    void whatCannotBeUsedIsBadInput(String run, String text, String problem) throws Exception {
        SmallInbox.run(folder, "head", 5);
        String path = run.startsWith("sample:") ? run : folder.resolve(run).toString();

        assertThat(predict(path, "--text", text)).isEqualTo(2);
        assertThat(err.toString()).contains(problem);
        assertThat(out.toString()).isEmpty();
    }
}
