package io.pocketllm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pocketllm.data.SmallTokenizers;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.GoldenCase;
import io.pocketllm.onnx.TinyExport;
import io.pocketllm.run.ModelSummaries;
import io.pocketllm.run.ModelSummary;
import io.pocketllm.run.SmallInbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code pocketllm models inspect} tells of a model, and of what is none. */
@Timeout(60)
class ModelsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @BeforeEach
    void prepare() {
        MiniLm.prepare();
    }

    private Path golden(String name) throws Exception {
        Path model = Files.createDirectories(folder.resolve(name));
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(GoldenCase.FOLDER.resolve(name).resolve(file), model.resolve(file));
        }
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 32)) {
            Files.copy(tokenizer.file(), model.resolve("tokenizer.json"));
        }
        return model;
    }

    @Test
    void aFolderIsToldFactByFact() throws Exception {
        assertThat(inspect(golden("llama3-tiny").toString())).isZero();

        assertThat(out.toString().lines())
                .startsWith("llama3-tiny (" + folder.resolve("llama3-tiny") + ")")
                .contains(
                        "architecture       llama, decoder",
                        "layers             2",
                        "hidden size        40",
                        "heads              4 of size 16, 2 for keys and values",
                        "vocabulary         128",
                        "context            256 tokens",
                        "parameters         43,720",
                        "one tensor         model.embed_tokens.weight = lm_head.weight",
                        "stored as          bf16",
                        "weights in memory  0.1 MB, mapped from the file",
                        "  space \"full\"     0.2 MB more, the fp32 copy that moves",
                        "objectives         class-head, answer",
                        "spaces             full, head, lora, bitfit, lora-b, prefix");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theSameAsJsonHasUnitsInItsNames() throws Exception {
        JsonNode json = json(golden("opt-postnorm-tiny").toString());

        assertThat(json.get("hiddenSize").asInt()).isEqualTo(32);
        assertThat(json.get("stateSize").asInt()).isEqualTo(20);
        assertThat(json.get("contextTokens").asInt()).isPositive();
        assertThat(json.get("dtype").asText()).isEqualTo("f16");
        assertThat(json.get("parameters").asLong()).isEqualTo(26_272);
        assertThat(json.get("weightBytes").asLong()).isEqualTo(2 * 26_272);
        assertThat(json.get("fullSpaceBytes").asLong()).isEqualTo(4 * 26_272);
        long parts =
                StreamSupport.stream(json.get("parametersByPart").spliterator(), false)
                        .mapToLong(JsonNode::asLong)
                        .sum();
        assertThat(parts).isEqualTo(26_272);
        assertThat(json.get("tied").get(0)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bert-tiny   | encoder | class-head,label-word | full,head,lora,bitfit,lora-b,prefix",
                "gpt2-tiny   | decoder | class-head,answer     | full,head,lora,bitfit,lora-b,prefix",
                "qwen2-tiny  | decoder | class-head,answer     | full,head,lora,bitfit,lora-b,prefix",
            })
    void objectivesAndSpacesAreThoseThatFit(
            String name, String kind, String objectives, String spaces) throws Exception {
        JsonNode json = json(golden(name).toString());

        assertThat(json.get("kind").asText()).isEqualTo(kind);
        assertThat(words(json.get("objectives"))).isEqualTo(objectives);
        assertThat(words(json.get("spaces"))).isEqualTo(spaces);
    }

    /** Its nodes keep no module's path, so that nothing tells queries from values. */
    @Test
    void anOnnxFileWithoutNamesOffersNoAdaptersAndDoesNotInventSizes() throws Exception {
        Path file = TinyExport.encoder().write(folder);
        try (TextTokenizer tokenizer = SmallTokenizers.wordPiece(folder, 32)) {
            Files.copy(tokenizer.file(), folder.resolve("model-tokenizer.json"));
        }
        String nameless =
                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .replace("/layer.0/", "_layer.0_");
        Files.write(file, nameless.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

        JsonNode json = json(file.toString());

        assertThat(json.get("architecture").asText()).isEqualTo("onnx");
        assertThat(words(json.get("objectives"))).isEqualTo("class-head");
        assertThat(words(json.get("spaces"))).isEqualTo("full,head,bitfit");
        assertThat(json.get("heads").isNull()).isTrue();
        assertThat(inspect(file.toString())).isZero();
        assertThat(out.toString()).doesNotContain("heads");
    }

    @Test
    void theDefaultModelIsKnownByItsName() throws Exception {
        ModelSummary summary =
                ModelSummaries.read(
                        "builtin:all-MiniLM-L6-v2", SmallInbox.sharedHome().resolve("cache"));

        assertThat(summary.name()).isEqualTo("all-MiniLM-L6-v2");
        assertThat(summary.path()).isEqualTo("builtin:all-MiniLM-L6-v2");
        assertThat(summary.info().parameters()).isBetween(22_000_000L, 23_000_000L);
        assertThat(summary.weightBytes()).isEqualTo(summary.fp32Bytes());
        assertThat(summary.objectives()).containsExactly("class-head");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "builtin:gpt-5   | there is no built-in model | builtin:all-MiniLM-L6-v2",
                "@/nowhere       | no such model file         | model.path",
                "@/empty         | no such model file         | model.path",
                "@/config-only   | no such model file         | model.path",
            })
    void whatIsNoModelIsBadInput(String path, String problem, String hint) throws Exception {
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("config-only"));
        Files.writeString(folder.resolve("config-only/config.json"), "{}");

        assertThat(inspect(path.replace("@", folder.toString()))).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("pocketllm: ").contains(problem, hint);
    }

    @Test
    void aPathThatNoFileCanHaveIsBadInput() {
        assertThat(inspect("a\0b")).isEqualTo(2);

        assertThat(err.toString()).contains("\"a?b\" is no path", "Hugging Face folder");
    }

    private static String words(JsonNode list) {
        return String.join(
                ",",
                StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList());
    }

    private JsonNode json(String path) throws Exception {
        assertThat(inspect(path, "--json")).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        out.getBuffer().setLength(0);
        return json;
    }

    private int inspect(String path, String... options) {
        String[] arguments = new String[3 + options.length];
        arguments[0] = "models";
        arguments[1] = "inspect";
        arguments[2] = path;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return PocketLlm.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(arguments);
    }
}
