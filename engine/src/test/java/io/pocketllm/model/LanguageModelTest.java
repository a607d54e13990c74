package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.onnx.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageModelTest {

    @TempDir private Path folder;

    @Test
    void theDefaultModelIsReadAsWhatItIs() {
        LanguageModel model = MiniLm.model();

        assertThat(model.name()).isEqualTo("all-MiniLM-L6-v2");
        assertThat(model.hiddenStates()).isEqualTo("output_0");
        assertThat(model.hiddenSize()).isEqualTo(384);
        assertThat(model.layers()).isEqualTo(6);
        assertThat(model.parameters()).isEqualTo(22_713_216);
        assertThat(model.describe())
                .isEqualTo("encoder, 6 layers, hidden size 384, 22.7 M parameters, fp32");
        assertThat(model.weights().get("embeddings.word_embeddings.weight").shape())
                .containsExactly(30522, 384);
    }

    @Test
    void itsQueryAndValueProjectionsAreFoundInOrder() {
        LanguageModel model = MiniLm.model();
        OnnxGraph graph = MiniLm.graph();

        List<Projection> found = Projection.queriesAndValues(graph, model.weights());

        assertThat(found)
                .extracting(Projection::name)
                .containsExactlyElementsOf(
                        IntStream.range(0, 6)
                                .mapToObj(i -> "encoder.layer." + i + ".attention.self.")
                                .flatMap(p -> List.of(p + "query", p + "value").stream())
                                .toList());
        for (Projection projection : found) {
            assertThat(projection.inSize()).isEqualTo(384);
            assertThat(projection.outSize()).isEqualTo(384);
            assertThat(graph.weightInputs()).contains(projection.weight());
        }
        assertThat(found.get(0).input())
                .as("a layer reads one value")
                .isEqualTo(found.get(1).input());
        assertThat(found.get(0).output()).isNotEqualTo(found.get(1).output());
    }

    @Test
    void aGraphWhoseNodesHaveNoModuleNamesHasNoProjections() {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());

        assertThat(Projection.queriesAndValues(graph, MiniLm.model().weights())).isEmpty();
    }

    @Test
    void aSmallEncoderIsOpenedToo() throws Exception {
        ModelProto tiny =
                TinyOnnx.encoder(List.of("input_ids", "attention_mask"), "batch", "tokens", 2);

        try (LanguageModel model = LanguageModel.open(files(tiny.toByteArray()))) {
            assertThat(model.hiddenSize()).isEqualTo(2);
            assertThat(model.layers()).isZero();
            assertThat(model.describe())
                    .isEqualTo("encoder, hidden size 2, 0.0 M parameters, fp32");
        }
    }

    @Test
    void aModelThatTakesNoTextIsRefusedWithTheInputsItHas() throws Exception {
        assertRefused(
                TinyOnnx.linear().toByteArray(), "has no input \"input_ids\"; its inputs are [x]");
        assertRefused(
                TinyOnnx.encoder(List.of("input_ids"), "batch", "tokens", 2).toByteArray(),
                "has no input \"attention_mask\"; its inputs are [input_ids]");
    }

    @Test
    void aModelThatGivesNoHiddenStatesIsRefused() throws Exception {
        List<String> inputs = List.of("input_ids", "attention_mask");

        assertRefused(TinyOnnx.encoder(inputs, "batch", 2).toByteArray(), "gives no hidden states");
        assertRefused(
                TinyOnnx.encoder(inputs, "batch", "tokens", "hidden").toByteArray(),
                "gives no hidden states");
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(MiniLm.files().path());

        assertRefused(java.util.Arrays.copyOf(whole, whole.length / 3), "damaged");
        assertRefused(new byte[0], "is empty");
    }

    private void assertRefused(byte[] onnx, String problem) throws IOException {
        ModelFiles files = files(onnx);
        ModelException refused =
                catchThrowableOfType(ModelException.class, () -> LanguageModel.open(files).close());
        assertThat(refused).as("it is refused: %s", problem).isNotNull();
        assertThat(refused)
                .hasMessageStartingWith(files.path() + ": ")
                .hasMessageContaining(problem);
        assertThat(refused.hint()).isNotBlank();
    }

    private ModelFiles files(byte[] onnx) throws IOException {
        return new ModelFiles(
                "m",
                Files.write(folder.resolve("model.onnx"), onnx),
                folder.resolve("tokenizer.json"));
    }
}
