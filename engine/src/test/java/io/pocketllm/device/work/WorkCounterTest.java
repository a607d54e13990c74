package io.pocketllm.device.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.pocketllm.device.OperationKind;
import io.pocketllm.device.OperationWork;
import io.pocketllm.device.Precision;
import io.pocketllm.device.StepWork;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.forward.OptimizedGraph;
import io.pocketllm.onnx.OnnxGraph;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counted work against counts worked out by hand. */
@Timeout(120)
class WorkCounterTest {

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    /** (2 × 3) rows of 8 numbers times an 8 × 16 weight that is fed. */
    @Test
    void aProductWithAFedWeightMultipliesAndPacks() {
        input("x", -1, -1, 8);
        input("w", 8, 16);
        node("MatMul", "y", List.of("x", "w"));

        assertThat(count(2, 3).operations())
                .containsExactly(
                        OperationWork.fp32(
                                OperationKind.MATMUL, 2.0 * 6 * 8 * 16, 4 * (48 + 128 + 96)),
                        OperationWork.fp32(OperationKind.PACKING, 0, 2 * 4 * 128));
    }

    @Test
    void aConstantWeightIsPackedOnceAndForAll() {
        input("x", -1, -1, 8);
        constant("w", TensorProto.DataType.FLOAT, 8, 16);
        node("MatMul", "y", List.of("x", "w"));

        assertThat(count(2, 3).operations())
                .extracting(OperationWork::kind)
                .containsExactly(OperationKind.MATMUL);
    }

    @Test
    void aHalfPrecisionWeightCountsAsSuch() {
        input("x", -1, -1, 8);
        constant("w", TensorProto.DataType.FLOAT16, 8, 16);
        node("MatMul", "y", List.of("x", "w"));

        assertThat(count(1, 1).operations().getFirst().precision()).isEqualTo(Precision.FP16);
    }

    /** Half-precision weights of a frozen base are widened in the graph, right before their use. */
    @Test
    void aWeightThatIsWidenedIsAWeightInFp32AndNewAtEachCall() {
        input("x", -1, -1, 8);
        constant("w", TensorProto.DataType.FLOAT16, 8, 16);
        node("Cast", "wide", List.of("w"), OnnxGraph.attribute("to", 1));
        node("MatMul", "y", List.of("x", "wide"));

        assertThat(count(2, 3).operations())
                .extracting(OperationWork::kind, OperationWork::precision)
                .containsExactly(
                        tuple(OperationKind.ELEMENTWISE, Precision.FP32),
                        tuple(OperationKind.MATMUL, Precision.FP32),
                        tuple(OperationKind.PACKING, Precision.FP32));
    }

    /** Gemm with transB on the checkpoint's own [out, in] layout. */
    @Test
    void aTransposedGemmHasTheSameWork() {
        input("x", -1, 8);
        input("w", 16, 8);
        node("Gemm", "y", List.of("x", "w"), OnnxGraph.attribute("transB", 1));

        assertThat(count(4, 1).flops(OperationKind.MATMUL)).isEqualTo(2.0 * 4 * 8 * 16);
    }

    /** 4 · batch · queries · keys · hidden for scores and weighted sum; softmax for each head. */
    @Test
    void attentionGrowsWithTheSquareOfTheLength() {
        for (String name : List.of("q", "k", "v")) {
            input(name, -1, -1, 32);
        }
        node(
                "MultiHeadAttention",
                "y",
                List.of("q", "k", "v"),
                OnnxGraph.attribute("num_heads", 4));

        StepWork work = count(2, 10);

        assertThat(work.flops(OperationKind.ATTENTION)).isEqualTo(4.0 * 2 * 10 * 10 * 32);
        assertThat(work.flops(OperationKind.SOFTMAX)).isEqualTo(20.0 * 2 * 4 * 10 * 10);
        assertThat(count(2, 20).flops(OperationKind.ATTENTION)).isEqualTo(4.0 * 2 * 20 * 20 * 32);
    }

    @ParameterizedTest
    @CsvSource({"4, INT4, 64", "8, INT8_BLOCK, 128"})
    void quantisedWeightsReadTheirBits(long bits, Precision precision, double weightBytes) {
        input("x", -1, -1, 8);
        constant("w", TensorProto.DataType.UINT8, 16, 1, 4);
        node(
                "MatMulNBits",
                "y",
                List.of("x", "w"),
                OnnxGraph.attribute("K", 8),
                OnnxGraph.attribute("N", 16),
                OnnxGraph.attribute("bits", bits),
                OnnxGraph.attribute("block_size", 32));

        double activations = 4.0 * 6 * (8 + 16);
        double scales = 4.0 * 8 * 16 / 32;
        assertThat(count(2, 3).operations())
                .containsExactly(
                        new OperationWork(
                                OperationKind.MATMUL,
                                precision,
                                2.0 * 6 * 8 * 16,
                                activations + weightBytes + scales));
    }

    @Test
    void anInt8ProductReadsFloatsAndWeightsOfAByte() {
        input("x", -1, -1, 8);
        constant("w", TensorProto.DataType.INT8, 8, 16);
        input("s", 16);
        node("DynamicQuantizeMatMul", "y", List.of("x", "w", "s"));

        assertThat(count(2, 3).operations())
                .containsExactly(
                        new OperationWork(
                                OperationKind.MATMUL,
                                Precision.INT8,
                                2.0 * 6 * 8 * 16,
                                4.0 * 6 * (8 + 16) + 8 * 16));
    }

    /** Rows of a table of 4 bits: two numbers a byte. */
    @Test
    void aLookUpInATableOfFourBitsGivesWholeRows() {
        constant("table", TensorProto.DataType.UINT8, 100, 8);
        input("ids", -1, -1);
        input("s", 100, 1);
        input("w", 16, 4);
        node(
                "GatherBlockQuantized",
                "rows",
                List.of("table", "ids", "s"),
                OnnxGraph.attribute("bits", 4));
        node("MatMul", "y", List.of("rows", "w"));

        assertThat(count(2, 3).flops(OperationKind.MATMUL)).isEqualTo(2.0 * 6 * 16 * 4);
        assertThat(count(2, 3).operations().getFirst().bytes()).isEqualTo(6 * 16 * 4.5);
    }

    /** Two rows are predicted for three answers: the open size of a list is theirs. */
    @Test
    void aListIsAsLongAsThereAreAnswers() {
        input("tokens", -1);
        input("table", 50, 8);
        input("w", 8, 4);
        node("Gather", "rows", List.of("table", "tokens"));
        node("MatMul", "y", List.of("rows", "w"));

        ModelProto model = ModelProto.newBuilder().setGraph(graph).build();

        assertThat(WorkCounter.count(model, 2, 9, 3).work().flops(OperationKind.MATMUL))
                .isEqualTo(2.0 * 3 * 8 * 4);
    }

    /** A graph that computes its own shapes: (batch, length, 8) to (batch, length, 2, 4). */
    @Test
    void shapesThatTheGraphComputesAreFollowed() {
        input("x", -1, -1, 8);
        graph.addInitializer(longs("zero", 0)).addInitializer(longs("heads", 0, 2, 4));
        graph.addInitializer(longs("one", 1)).addInitializer(longs("two", 2));
        node("Shape", "shape", List.of("x"));
        node("Slice", "batch", List.of("shape", "zero", "one"));
        node("Concat", "target", List.of("batch", "heads"), OnnxGraph.attribute("axis", 0));
        node("Reshape", "split", List.of("x", "target"));
        node(
                "Transpose",
                "y",
                List.of("split"),
                OnnxGraph.attribute("perm", new long[] {0, 2, 1, 3}));
        node("MatMul", "z", List.of("y", "y2"));
        node("Transpose", "y2", List.of("y"), OnnxGraph.attribute("perm", new long[] {0, 1, 3, 2}));
        swapLastTwo();

        assertThat(count(3, 5).flops(OperationKind.ATTENTION)).isEqualTo(2.0 * 3 * 2 * 5 * 4 * 5);
    }

    @Test
    void anUnknownOperatorIsReportedAndKeepsTheShape() {
        input("x", -1, -1, 8);
        node("Mystery", "y", List.of("x"));
        node("Add", "z", List.of("y", "x"));

        WorkCounter.Count count = WorkCounter.count(model(), 2, 3);

        assertThat(count.unknownOperators()).containsExactly("Mystery");
        assertThat(count.work().flops()).isEqualTo(2 * 48);
    }

    @Test
    void anInputThatIsNotThereIsNamed() {
        input("x", -1, -1, 8);
        node("MatMul", "y", List.of("x", "gone"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> count(1, 1))
                .withMessageContaining("node y (MatMul)")
                .withMessageContaining("gone");
    }

    /**
     * MiniLM: 6 layers of 12 · 384² weights, each used once for each token. The export's pooler
     * stands on no way to the hidden states, and is not computed.
     */
    @Test
    void theDefaultModelsProductsAreThoseOfItsLayers() throws Exception {
        OnnxGraph miniLm = MiniLm.graph();
        miniLm.setOutputs(List.of(MiniLm.model().hiddenStates()));
        WorkCounter.Count count = WorkCounter.count(OptimizedGraph.of(miniLm, MiniLm.CACHE), 4, 32);

        assertThat(count.unknownOperators()).isEmpty();
        assertThat(count.work().flops(OperationKind.MATMUL))
                .isEqualTo(2.0 * 4 * 32 * 6 * 12 * 384 * 384);
        assertThat(count.work().flops(OperationKind.ATTENTION))
                .isEqualTo(6 * 4.0 * 4 * 32 * 32 * 384);
    }

    private StepWork count(int batch, int length) {
        return WorkCounter.count(model(), batch, length).work();
    }

    private ModelProto model() {
        return ModelProto.newBuilder().setGraph(graph).build();
    }

    private void node(
            String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType(operator)
                        .setName(output)
                        .addAllInput(inputs)
                        .addOutput(output)
                        .addAllAttribute(List.of(attributes)));
    }

    private void swapLastTwo() {
        int last = graph.getNodeCount() - 1;
        NodeProto node = graph.getNode(last);
        graph.removeNode(last).addNode(last - 1, node);
    }

    private static TensorProto longs(String name, long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }

    private void constant(String name, TensorProto.DataType type, long... shape) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
    }

    private void input(String name, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(
                    size < 0 ? dimension.setDimParam("any") : dimension.setDimValue(size));
        }
        graph.addInput(
                ValueInfoProto.newBuilder()
                        .setName(name)
                        .setType(
                                TypeProto.newBuilder()
                                        .setTensorType(
                                                TypeProto.Tensor.newBuilder()
                                                        .setElemType(
                                                                TensorProto.DataType.FLOAT
                                                                        .getNumber())
                                                        .setShape(dimensions))));
    }
}
