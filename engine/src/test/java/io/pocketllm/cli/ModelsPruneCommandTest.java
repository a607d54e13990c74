package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.model.prune.PrunableModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code pocketllm models prune} prints, and what the pruned folder says of itself. */
@Timeout(60)
class ModelsPruneCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path model;

    @BeforeEach
    void prepare() throws Exception {
        model = PrunableModels.copy("bert-tiny", folder.resolve("model"));
    }

    private int run(String... arguments) {
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }

    private int prune(String... options) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "models",
                                "prune",
                                model.toString(),
                                "--out",
                                folder.resolve("out").toString()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    @Test
    void aSummaryTellsWhatWentAndWhatItDid() {
        assertThat(prune("--heads", "3", "--layers", "0", "--magnitude", "0.25"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString().lines())
                .contains("layers          2", "heads           8 -> 5")
                .anyMatch(line -> line.matches("parameters +[\\d,]+ -> [\\d,]+"))
                .anyMatch(line -> line.matches("set to zero +[\\d,]+ weights, [\\d.]+ % of all"))
                .anyMatch(line -> line.matches("hidden states +changed by 0\\.\\d+ of .*64 texts"))
                .anyMatch(line -> line.matches("removed heads +(\\d\\.\\d \\(\\+.*\\)(, )?){3}"));
        assertThat(err.toString()).contains("Measuring heads", "Writing");
    }

    @Test
    void theSameAsJsonHoldsEveryImportance() throws Exception {
        assertThat(
                        prune(
                                "--layers",
                                "1",
                                "--data",
                                "builtin:inbox-nurse",
                                "--label",
                                "ignore=price",
                                "--examples",
                                "12",
                                "--json"))
                .as(err.toString())
                .isZero();

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.at("/before/layers").asInt()).isEqualTo(2);
        assertThat(json.at("/after/layers").asInt()).isEqualTo(1);
        assertThat(json.at("/layerImportance")).hasSize(2);
        assertThat(json.at("/removedLayers/0/rise").isNumber()).isTrue();
        assertThat(json.at("/measure/kind").asText()).isEqualTo("zero-shot-loss");
        assertThat(json.at("/measure/texts").asInt()).isEqualTo(12);
        assertThat(json.at("/measure/after/accuracy").isNumber()).isTrue();
    }

    @Test
    void aPrunedFolderIsInspectedLayerByLayer() throws Exception {
        assertThat(prune("--heads", "6")).as(err.toString()).isZero();
        out.getBuffer().setLength(0);

        assertThat(run("models", "inspect", folder.resolve("out").toString())).isZero();
        assertThat(out.toString().lines())
                .contains("heads              1 of size 12", "  by layer         1 1");
        out.getBuffer().setLength(0);
        run("models", "inspect", folder.resolve("out").toString(), "--json");
        assertThat(new ObjectMapper().readTree(out.toString()).get("headsByLayer")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--heads=99, heads is 99",
        "--heads=many, --heads",
        "--layers=2, layers is 2",
        "--magnitude=1.5, magnitude is 1.5",
        "--examples=0, examples is 0",
        "--data=nowhere.jsonl, nowhere.jsonl: there is no such file",
    })
    void badArgumentsAreRefusedByName(String option, String problem) {
        String more = option.startsWith("--heads") ? "--json" : "--heads=1";

        assertThat(prune(option, more)).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(problem);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
