package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.onnx.TinyExport;
import io.pocketllm.onnx.TinyExport.Head;
import io.pocketllm.onnx.TinyOnnx;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Exports that cannot be trained are explained: what they are, and which file to take instead. */
class ExportRefusalTest {

    private static final TensorProto.DataType INT64 = TensorProto.DataType.INT64;
    private static final TensorProto.DataType FLOAT = TensorProto.DataType.FLOAT;

    @TempDir private Path folder;

    static Stream<Arguments> inputs() {
        return Stream.of(
                arguments("past_key_values.0.key", "cache", "without cache"),
                arguments("use_cache_branch", "merged", "decoder_model.onnx"),
                arguments("decoder_input_ids", "sequence-to-sequence", "decoder (GPT"),
                arguments("encoder_hidden_states", "sequence-to-sequence", "encoder (BERT"),
                arguments("pixel_values", "images", "text model"),
                arguments("input_features", "sound", "text model"),
                arguments("inputs_embeds", "another file", "input_ids"),
                arguments("bbox", "which no text gives", "Optimum"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void anInputThatNoTextGivesIsExplained(String input, String says, String advises)
            throws Exception {
        assertExplained(
                graph -> graph.addInput(TinyOnnx.value(input, FLOAT, "batch", "sequence")),
                "\"" + input + "\"",
                says,
                advises);
    }

    @Test
    void anImageModelIsExplainedThoughItHasNoIds() throws Exception {
        assertExplained(
                graph ->
                        graph.clearInput()
                                .addInput(TinyOnnx.value("pixel_values", FLOAT, "b", 3, 8, 8)),
                "images",
                "",
                "text model");
    }

    @Test
    void aFixedSizeIsExplained() throws Exception {
        assertExplained(
                graph -> graph.setInput(0, TinyOnnx.value("input_ids", INT64, 1, 128)),
                "fixed to [1, 128]",
                "one size only",
                "dynamic axes");
    }

    @Test
    void idsThatAreNoMatrixAreExplained() throws Exception {
        assertExplained(
                graph -> graph.setInput(0, TinyOnnx.value("input_ids", INT64, "b", "s", "t")),
                "3 dimensions",
                "(batch, tokens)",
                "Optimum");
        assertExplained(
                graph ->
                        graph.setInput(
                                0,
                                TinyOnnx.value("input_ids", TensorProto.DataType.STRING, "b", "s")),
                "element type 8",
                "integers",
                "Optimum");
    }

    static Stream<Arguments> quantised() {
        return Stream.of(
                arguments("DynamicQuantizeLinear", ""),
                arguments("MatMulInteger", ""),
                arguments("QLinearMatMul", ""),
                arguments("DequantizeLinear", ""),
                arguments("MatMulNBits", "com.microsoft"),
                arguments("QAttention", "com.microsoft"));
    }

    @ParameterizedTest
    @MethodSource("quantised")
    void aQuantisedModelIsExplained(String operator, String domain) throws Exception {
        assertExplained(
                graph ->
                        graph.addNode(
                                TinyOnnx.node(operator, "q", "residual").toBuilder()
                                        .setDomain(domain)),
                "is quantised",
                operator,
                "fp32 or fp16");
    }

    @Test
    void aClassifierWithoutHiddenStatesIsExplained() throws Exception {
        assertExplained(
                graph -> graph.clearOutput().addOutput(TinyOnnx.value("scores", FLOAT, "batch", 3)),
                "gives no hidden states",
                "[scores]",
                "feature extraction");
    }

    @Test
    void scoresOfTokensAreNotTakenForHiddenStates() throws Exception {
        assertExplained(
                graph ->
                        graph.addNode(TinyOnnx.node("Tanh", "logits", "residual"))
                                .clearOutput()
                                .addOutput(TinyOnnx.value("logits", FLOAT, "batch", "sequence", 4)),
                "gives no hidden states",
                "[logits]",
                "feature extraction");
    }

    @Test
    void weightsInsideABranchAreExplained() throws Exception {
        GraphProto branch =
                GraphProto.newBuilder()
                        .setName("with_cache")
                        .addNode(TinyOnnx.node("MatMul", "inner", "residual", "onnx::MatMul_query"))
                        .build();
        assertExplained(
                graph -> graph.addNode(branching(branch)),
                "branch or loop",
                "(If",
                "without cache");
    }

    @Test
    void aBranchThatOnlyReshapesIsHarmless() throws Exception {
        GraphProto branch =
                GraphProto.newBuilder()
                        .setName("squeeze")
                        .addNode(TinyOnnx.node("Squeeze", "inner", "residual"))
                        .build();
        try (OnnxExport export =
                OnnxExport.open(write(encoder(), graph -> graph.addNode(branching(branch))))) {
            assertThat(export.hiddenStates()).isEqualTo("last_hidden_state");
        }
    }

    private static NodeProto.Builder branching(GraphProto branch) {
        return NodeProto.newBuilder()
                .setOpType("If")
                .setName("choose")
                .addInput("one")
                .addOutput("chosen")
                .addAttribute(
                        AttributeProto.newBuilder()
                                .setName("then_branch")
                                .setType(AttributeProto.AttributeType.GRAPH)
                                .setG(branch));
    }

    @Test
    void layersInFunctionsAreExplained() throws Exception {
        ModelProto model = encoder();
        ModelProto withFunction =
                model.toBuilder()
                        .addFunctions(FunctionProto.newBuilder().setName("Linear").setDomain("pkg"))
                        .build();
        Path file =
                write(
                        withFunction,
                        graph ->
                                graph.addNode(
                                        TinyOnnx.node("Linear", "l", "x", "onnx::MatMul_query")
                                                .toBuilder()
                                                .setDomain("pkg")));
        assertExplained(file, "functions of its own", "Linear", "dynamo=False");
    }

    @Test
    void bf16IsExplained() throws Exception {
        Path file =
                write(
                        encoder(),
                        graph -> {
                            for (int i = 0; i < graph.getInitializerCount(); i++) {
                                TensorProto tensor = graph.getInitializer(i);
                                if (tensor.getName().equals("norm.bias")) {
                                    graph.setInitializer(
                                            i,
                                            tensor.toBuilder()
                                                    .setDataType(
                                                            TensorProto.DataType.BFLOAT16
                                                                    .getNumber())
                                                    .setRawData(
                                                            tensor.getRawData()
                                                                    .substring(
                                                                            0,
                                                                            2
                                                                                    * TinyExport
                                                                                            .HIDDEN)));
                                }
                            }
                            return graph;
                        });
        assertExplained(file, "bf16", "", "fp32 or fp16");
    }

    @Test
    void aDecoderIsDescribedAsOne() throws Exception {
        Path file = TinyExport.encoder().inHalves().head(Head.TRANSPOSED_COPY).write(folder);
        try (LanguageModel model =
                LanguageModel.open(new ModelFiles("tiny", file, folder.resolve("t.json")))) {
            assertThat(model.describe())
                    .isEqualTo("decoder, 1 layers, hidden size 4, 0.0 M parameters, fp16");
            assertThat(model.info().vocabularySize()).isEqualTo(TinyExport.VOCABULARY);
            assertThat(model.info().tied())
                    .containsExactly(List.of("tokens.weight", "onnx::MatMul_head"));
            assertThat(model.info().hasVocabularyHead()).isTrue();
        }
    }

    private static ModelProto encoder() {
        return TinyExport.encoder().build(new ByteArrayOutputStream());
    }

    private Path write(ModelProto model, UnaryOperator<GraphProto.Builder> change)
            throws Exception {
        return Files.write(
                folder.resolve("model.onnx"),
                model.toBuilder()
                        .setGraph(change.apply(model.getGraph().toBuilder()))
                        .build()
                        .toByteArray());
    }

    private void assertExplained(
            UnaryOperator<GraphProto.Builder> change, String what, String why, String advice)
            throws Exception {
        assertExplained(write(encoder(), change), what, why, advice);
    }

    private static void assertExplained(Path file, String what, String why, String advice) {
        ModelException refused =
                catchThrowableOfType(ModelException.class, () -> OnnxExport.open(file).close());

        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused).hasMessageStartingWith(file + ": ").hasMessageContainingAll(what, why);
        assertThat(refused.hint()).contains(advice);
    }
}
