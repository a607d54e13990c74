package io.pocketllm.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.data.Batch;
import io.pocketllm.model.ExportOutputs.VocabularyProjection;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.OnnxExport;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.Projection;
import io.pocketllm.onnx.OnnxGraph;
import io.pocketllm.onnx.TinyExport;
import io.pocketllm.onnx.TinyExport.Head;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever form an export has: with its weights taken out it computes what the file computes. */
class RewrittenExportTest {

    /** Two texts of 3 and 5 tokens. */
    private static final Batch BATCH =
            new Batch(
                    new long[] {1, 2, 3, 0, 0, 10, 9, 8, 7, 6},
                    new long[] {1, 1, 1, 0, 0, 1, 1, 1, 1, 1},
                    new int[2],
                    new int[2],
                    2,
                    5);

    /** Weights of the tiny model: two tables, three linear layers, a normalisation. */
    private static final String[] ENCODER_WEIGHTS = {
        "tokens.weight",
        "positions.weight",
        "onnx::MatMul_query",
        "layer.0.query.bias",
        "onnx::MatMul_key",
        "layer.0.key.bias",
        "onnx::MatMul_value",
        "layer.0.value.bias",
        "norm.weight",
        "norm.bias"
    };

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    static Stream<Arguments> exports() {
        TinyExport plain = TinyExport.encoder();
        return Stream.of(
                arguments("opset 11", plain.opset(11)),
                arguments("opset 13", plain.opset(13)),
                arguments("opset 17, one node a normalisation", plain.opset(17).ir(8)),
                arguments("opset 21", plain.opset(21).ir(10)),
                arguments("IR 3, initializers among the inputs", plain.opset(11).ir(3)),
                arguments("int32 ids", plain.ids(TensorProto.DataType.INT32)),
                arguments("weights as Constant nodes", plain.asConstants()),
                arguments("external data", plain.withExternalData()),
                arguments("fp16", plain.inHalves()),
                arguments(
                        "fp16, external data, opset 17",
                        plain.opset(17).inHalves().withExternalData()),
                arguments("logits", plain.head(Head.UNTIED)),
                arguments("logits, table copied and transposed", plain.head(Head.TRANSPOSED_COPY)),
                arguments("logits, table copied", plain.head(Head.PLAIN_COPY)),
                arguments("logits, table shared", plain.head(Head.SHARED)),
                arguments("logits, fp16, copied", plain.inHalves().head(Head.TRANSPOSED_COPY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exports")
    void theRewrittenGraphComputesWhatTheFileComputes(String what, TinyExport tiny)
            throws Exception {
        Path file = tiny.write(folder);
        boolean logits = tiny.head() != Head.NONE;
        float[] expected = UntouchedFile.run(file, BATCH, logits ? "logits" : "last_hidden_state");

        try (OnnxExport export = OnnxExport.open(file)) {
            String output = logits ? export.logits() : export.hiddenStates();
            float[] found = run(export, export.file().weights().values(), output);

            assertThat(MiniLm.largestDifference(found, expected))
                    .isLessThan(tiny.half() ? 2e-2 : 1e-5);
            assertThat(export.outputs().hiddenSize()).isEqualTo(TinyExport.HIDDEN);
            assertThat(export.outputs().vocabularySize()).isEqualTo(TinyExport.VOCABULARY);
            assertThat(export.file().weights().values())
                    .extracting(Tensor::dtype)
                    .containsOnly(tiny.half() ? DType.F16 : DType.F32);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exports")
    void exactlyTheWeightsAreTakenOutAndConstantsStay(String what, TinyExport tiny)
            throws Exception {
        try (OnnxExport export = OnnxExport.open(tiny.write(folder))) {
            List<String> expected = new ArrayList<>(List.of(ENCODER_WEIGHTS));
            if (tiny.head() == Head.UNTIED) {
                expected.add("onnx::MatMul_head");
            }
            assertThat(export.file().weights().keySet())
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(export.graph().weightInputs()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(export.file().publishedNames())
                    .containsEntry("onnx::MatMul_query", "layer.0.query.weight")
                    .containsEntry("layer.0.query.bias", "layer.0.query.bias");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exports")
    void pooledTextsOfEveryOperatorSetHaveLengthOne(String what, TinyExport tiny) throws Exception {
        try (OnnxExport export = OnnxExport.open(tiny.write(folder))) {
            OnnxGraph graph = export.graph();
            PooledText.addTo(graph, export.hiddenStates());
            graph.setOutputs(List.of(PooledText.OUTPUT));
            try (ForwardPass pass = new ForwardPass(graph, export.file().weights().values(), 1)) {
                float[] pooled = pass.run(BATCH, PooledText.OUTPUT);
                double squares = 0;
                for (int i = 0; i < TinyExport.HIDDEN; i++) {
                    squares += pooled[i] * pooled[i];
                }
                assertThat(squares).isCloseTo(1, within(1e-5));
            }
        }
    }

    static Stream<Arguments> tied() {
        return Stream.of(
                arguments(Head.TRANSPOSED_COPY),
                arguments(Head.PLAIN_COPY),
                arguments(Head.SHARED));
    }

    /** The twin: a model whose head is an own weight, moved by hand in the same way. */
    @ParameterizedTest
    @MethodSource("tied")
    void aTiedWeightThatMovesMovesBothItsUses(Head head) throws Exception {
        try (OnnxExport export = OnnxExport.open(TinyExport.encoder().head(head).write(folder));
                ParameterStore store = new ParameterStore()) {
            export.file().weights().values().forEach(store::copyOf);
            float[] hiddenBefore = run(export, store.tensors(), export.hiddenStates());
            Tensor table = store.get("tokens.weight");
            for (long i = 0; i < table.elements(); i++) {
                table.set(i, table.get(i) + 0.1f * (i % 7));
            }

            float[] hidden = run(export, store.tensors(), export.hiddenStates());
            float[] logits = run(export, store.tensors(), export.logits());

            assertThat(MiniLm.largestDifference(hiddenBefore, hidden)).isGreaterThan(1e-3);
            for (int token = 0; token < BATCH.size() * BATCH.length(); token++) {
                for (int word = 0; word < TinyExport.VOCABULARY; word++) {
                    double expected = 0;
                    for (int h = 0; h < TinyExport.HIDDEN; h++) {
                        expected +=
                                hidden[token * TinyExport.HIDDEN + h]
                                        * table.get((long) word * TinyExport.HIDDEN + h);
                    }
                    assertThat(logits[token * TinyExport.VOCABULARY + word])
                            .isCloseTo((float) expected, within(1e-4f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tied")
    void theProjectionOfATiedModelIsTheTokenTable(Head head) throws Exception {
        try (OnnxExport export = OnnxExport.open(TinyExport.encoder().head(head).write(folder))) {
            assertThat(export.outputs().projection())
                    .isEqualTo(
                            new VocabularyProjection(
                                    "last_hidden_state",
                                    TinyExport.HIDDEN,
                                    "tokens.weight",
                                    true,
                                    null));
        }
    }

    @Test
    void theProjectionOfAnUntiedModelIsAWeightOfItsOwn() throws Exception {
        Path file = TinyExport.encoder().head(Head.UNTIED).write(folder);
        try (OnnxExport export = OnnxExport.open(file)) {
            assertThat(export.outputs().projection())
                    .isEqualTo(
                            new VocabularyProjection(
                                    "last_hidden_state",
                                    TinyExport.HIDDEN,
                                    "onnx::MatMul_head",
                                    false,
                                    null));
        }
    }

    @Test
    void halvesCanBeFedAsFloatsThatTheGraphRounds() throws Exception {
        Path file = TinyExport.encoder().inHalves().write(folder);
        float[] expected = UntouchedFile.run(file, BATCH, "last_hidden_state");
        try (OnnxExport export = OnnxExport.open(file);
                ParameterStore store = new ParameterStore()) {
            export.file().weights().values().forEach(store::copyOf);
            OnnxGraph graph = export.graph();
            graph.feedHalvesAsFloats(name -> true);
            graph.setOutputs(List.of(export.hiddenStates()));
            try (ForwardPass pass = new ForwardPass(graph, store.tensors(), 1)) {
                assertThat(
                                MiniLm.largestDifference(
                                        pass.run(BATCH, export.hiddenStates()), expected))
                        .isLessThan(2e-2);
                store.get("norm.bias").set(0, 5);
                assertThat(pass.run(BATCH, export.hiddenStates())[0]).isGreaterThan(2);
            }
        }
    }

    /** The twin: the same adapter on the same numbers in fp32. */
    @Test
    void anAdapterOnAModelOfHalvesDoesWhatItDoesInFp32() throws Exception {
        float[] wide = adapted(TinyExport.encoder().write(folder));
        float[] half = adapted(TinyExport.encoder().inHalves().write(folder));

        assertThat(MiniLm.largestDifference(wide, half)).isLessThan(3e-2);
    }

    private static float[] adapted(Path file) throws Exception {
        try (OnnxExport export = OnnxExport.open(file);
                ParameterStore store = new ParameterStore()) {
            OnnxGraph graph = export.graph();
            Projection value =
                    Projection.queriesAndValues(graph, export.file().weights()).getLast();
            LoraAdapter adapter =
                    new LoraAdapter(
                            value.name(),
                            value.input(),
                            value.output(),
                            value.inSize(),
                            value.outSize(),
                            2,
                            2);
            adapter.addTo(graph);
            store.allocate(adapter.a(), 4, 2).copyFrom(new float[] {1, 0, 0, 1, -1, 0, 0.5f, 0.5f});
            store.allocate(adapter.b(), 2, 4);
            graph.setOutputs(List.of(export.hiddenStates()));
            List<Tensor> weights = new ArrayList<>(export.file().weights().values());
            weights.addAll(store.tensors());
            try (ForwardPass pass = new ForwardPass(graph, weights, 1)) {
                float[] before = pass.run(BATCH, export.hiddenStates());
                store.get(adapter.b()).copyFrom(new float[] {1, 2, 3, 4, -4, 3, -2, 1});
                float[] after = pass.run(BATCH, export.hiddenStates());
                assertThat(MiniLm.largestDifference(before, after)).isGreaterThan(0.1);
                return after;
            }
        }
    }

    private static float[] run(OnnxExport export, Collection<Tensor> weights, String output) {
        OnnxGraph graph = export.graph();
        graph.setOutputs(List.of(output));
        try (ForwardPass pass = new ForwardPass(graph, weights, 1)) {
            return pass.run(BATCH, output);
        }
    }
}
