package io.pocketllm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pocketllm.tensor.DType;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {

    @Test
    void fp32InitializersBecomeInputsAndIntegersStay() throws Exception {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());

        assertThat(graph.weightInputs()).containsExactlyInAnyOrder("weight", "bias");
        assertThat(graph.dataInputs()).containsExactly("x");
        GraphProto built = built(graph);
        assertThat(built.getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactly("shape");
        assertThat(built.getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactlyInAnyOrder("x", "weight", "bias");
        assertThat(dimensions(built, "weight")).containsExactly("2", "3");
        assertThat(type(built, "weight")).isEqualTo(TensorProto.DataType.FLOAT.getNumber());
    }

    /** Exports of IR 3 list each initializer among the inputs too. */
    @Test
    void anInitializerThatIsAlsoListedAsInputIsAnInputOnce() throws Exception {
        ModelProto old = TinyOnnx.linear();
        GraphProto.Builder listed =
                old.getGraph().toBuilder()
                        .addInput(0, TinyOnnx.value("weight", TensorProto.DataType.FLOAT, 2, 3));

        OnnxGraph graph = new OnnxGraph(old.toBuilder().setGraph(listed).build());

        assertThat(graph.dataInputs()).containsExactly("x");
        assertThat(built(graph).getInputList())
                .extracting(ValueInfoProto::getName)
                .containsOnlyOnce("weight");
    }

    /** They would run last, and what they read would stay in memory until then. */
    @Test
    void nodesThatNoOutputFollowsFromAreLeftOut() throws Exception {
        OnnxGraph graph = new OnnxGraph();
        graph.addDataInput("x", "rows");
        graph.add("Cast", "asked", List.of("x"), OnnxGraph.TO_FLOAT);
        graph.add("Sqrt", "unasked", List.of("asked"));
        graph.add("Neg", "result", List.of("asked"));
        graph.setOutputs(List.of("result"));

        assertThat(built(graph).getNodeList())
                .extracting(NodeProto::getOpType)
                .containsExactly("Cast", "Neg");
        assertThat(graph.nodes()).hasSize(3);
    }

    @Test
    void whatOnlyABranchReadsIsNeeded() throws Exception {
        OnnxGraph graph = new OnnxGraph();
        graph.addDataInput("x", "rows");
        graph.add("Cast", "choice", List.of("x"), OnnxGraph.TO_BOOL);
        graph.add("Cast", "outer", List.of("x"), OnnxGraph.TO_FLOAT);
        GraphProto branch =
                GraphProto.newBuilder()
                        .addNode(
                                NodeProto.newBuilder()
                                        .setOpType("Neg")
                                        .addInput("outer")
                                        .addOutput("inner"))
                        .addOutput(ValueInfoProto.newBuilder().setName("inner"))
                        .build();
        AttributeProto then =
                AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setType(AttributeProto.AttributeType.GRAPH)
                        .setG(branch)
                        .build();
        graph.add("If", "result", List.of("choice"), then);
        graph.setOutputs(List.of("result"));

        assertThat(built(graph).getNodeList())
                .extracting(node -> node.getOutput(0))
                .containsExactlyInAnyOrder("choice", "outer", "result");
    }

    @Test
    void theSourceIsLeftAsItWas() {
        ModelProto source = TinyOnnx.linear();
        byte[] before = source.toByteArray();

        OnnxGraph graph = new OnnxGraph(source);
        graph.addOnto("product", graph.floatConstant("one", 1));
        graph.setOutputs(List.of("sum"));
        graph.toBytes();

        assertThat(source.toByteArray()).isEqualTo(before);
    }

    @Test
    void addOntoMakesEveryReaderReadTheSum() throws Exception {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());
        graph.add("Mul", "square", List.of("product", "product"));
        String extra = graph.add("Neg", "extra", List.of("x"));

        String sum = graph.addOnto("product", extra);
        graph.setOutputs(List.of("y", "square"));

        GraphProto built = built(graph);
        assertThat(node(built, "sum").getInputList()).containsExactly(sum, "bias");
        assertThat(node(built, "square").getInputList()).containsExactly(sum, sum);
        assertThat(node(built, sum).getOpType()).isEqualTo("Add");
        assertThat(node(built, sum).getInputList()).containsExactly("product", "extra");
        assertThat(node(built, "product").getInputList()).containsExactly("x", "weight");
    }

    @Test
    void twoSummandsOntoOneValueAddUp() throws Exception {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());
        String first = graph.addOnto("product", graph.add("Neg", "a", List.of("x")));
        String second = graph.addOnto(first, graph.add("Neg", "b", List.of("x")));

        GraphProto built = built(graph);
        assertThat(node(built, "sum").getInputList()).containsExactly(second, "bias");
        assertThat(node(built, second).getInputList()).containsExactly(first, "b");
    }

    @Test
    void nodesAreWrittenAfterWhatTheyRead() throws Exception {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());
        String sum = graph.addOnto("product", graph.add("Neg", "late", List.of("x")));

        List<String> order = built(graph).getNodeList().stream().map(NodeProto::getName).toList();

        assertThat(order).containsSubsequence("late", sum, "sum", "y");
        assertThat(order).containsSubsequence("product", sum);
    }

    @Test
    void aCycleIsRefused() {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());
        // The summand is computed from what reads the sum.
        graph.addOnto("product", graph.add("Neg", "loop", List.of("y")));

        assertThatIllegalStateException().isThrownBy(graph::toBytes).withMessageContaining("cycle");
    }

    @Test
    void outputsAreExactlyTheNamesThatWereSet() throws Exception {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());
        graph.setOutputs(List.of("sum", "product"));

        assertThat(graph.outputs()).containsExactly("sum", "product");
        assertThat(built(graph).getOutputList())
                .extracting(ValueInfoProto::getName)
                .containsExactly("sum", "product");
    }

    @Test
    void constantsCarryTheirNumbersLittleEndian() throws Exception {
        OnnxGraph graph = new OnnxGraph(TinyOnnx.linear());
        graph.floatConstant("pi", 3.25f);
        graph.longConstants("axes", -1, 1L << 40);

        GraphProto built = built(graph);
        TensorProto pi = initializer(built, "pi");
        assertThat(pi.getDimsList()).isEmpty();
        assertThat(little(pi).getFloat()).isEqualTo(3.25f);
        TensorProto axes = initializer(built, "axes");
        assertThat(axes.getDimsList()).containsExactly(2L);
        var bytes = little(axes);
        assertThat(List.of(bytes.getLong(), bytes.getLong())).containsExactly(-1L, 1L << 40);
    }

    @Test
    void attributesCarryNameTypeAndNumbers() {
        AttributeProto one = OnnxGraph.attribute("axis", -1);
        AttributeProto many = OnnxGraph.attribute("perm", new long[] {0, 2, 1});

        assertThat(one.getName()).isEqualTo("axis");
        assertThat(one.getType()).isEqualTo(AttributeProto.AttributeType.INT);
        assertThat(one.getI()).isEqualTo(-1);
        assertThat(many.getType()).isEqualTo(AttributeProto.AttributeType.INTS);
        assertThat(many.getIntsList()).containsExactly(0L, 2L, 1L);
    }

    @Test
    void bothDimensionsOfATextInputGetNamesOfTheirOwn() throws Exception {
        ModelProto encoder =
                TinyOnnx.encoder(List.of("input_ids", "attention_mask"), "batch", "batch", 2);

        GraphProto built = built(new OnnxGraph(encoder));

        assertThat(dimensions(built, "input_ids")).containsExactly("batch", "tokens");
        assertThat(dimensions(built, "attention_mask")).containsExactly("batch", "tokens");
        assertThat(dimensions(built, "table")).as("a weight").containsExactly("2", "2");
    }

    private static GraphProto built(OnnxGraph graph) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(graph.toBytes()).getGraph();
    }

    private static NodeProto node(GraphProto graph, String name) {
        return one(graph.getNodeList().stream().filter(n -> n.getName().equals(name)));
    }

    private static TensorProto initializer(GraphProto graph, String name) {
        return one(graph.getInitializerList().stream().filter(t -> t.getName().equals(name)));
    }

    private static ValueInfoProto input(GraphProto graph, String name) {
        return one(graph.getInputList().stream().filter(v -> v.getName().equals(name)));
    }

    private static <T> T one(Stream<T> found) {
        return found.reduce(
                        (a, b) -> {
                            throw new AssertionError("twice: " + a);
                        })
                .orElseThrow();
    }

    private static int type(GraphProto graph, String name) {
        return input(graph, name).getType().getTensorType().getElemType();
    }

    private static List<String> dimensions(GraphProto graph, String name) {
        return input(graph, name).getType().getTensorType().getShape().getDimList().stream()
                .map(d -> d.hasDimValue() ? String.valueOf(d.getDimValue()) : d.getDimParam())
                .toList();
    }

    private static java.nio.ByteBuffer little(TensorProto tensor) {
        return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void halfPrecisionWeightsAreWidenedByNodesBeforeAllOthers() {
        OnnxGraph graph = new OnnxGraph();
        graph.addDataInput("x", "n");
        graph.add("Identity", "y", List.of("x"));

        assertThat(graph.addWeight("w", DType.F16, 2, 3)).isEqualTo("w/fp32");
        assertThat(graph.addWeight("v", DType.F32, 3)).isEqualTo("v");

        assertThat(graph.nodes().getFirst().getOpType()).isEqualTo("Cast");
        assertThat(graph.nodes().getFirst().getInput(0)).isEqualTo("w");
        assertThat(graph.weightInputs()).containsExactlyInAnyOrder("w", "v");
        assertThat(graph.dataInputs()).containsExactly("x");
    }

    @Test
    void aNameIsGivenOutOnce() {
        OnnxGraph graph = new OnnxGraph();

        assertThat(List.of(graph.fresh("a"), graph.fresh("a"), graph.fresh("b")))
                .containsExactly("a", "a#2", "b");
    }
}
