package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A {@link TinyExport} whose query, key and value are GPT-2's one Conv1D layer, as exporters write
 * it: rows flattened to two dimensions, a Gemm on an (in, out) weight, and a Split.
 */
public final class ConvolutionExport {

    public static final String MODULE = "transformer.h.0.attn.c_attn";
    public static final String WEIGHT = MODULE + ".weight";

    private static final int HIDDEN = TinyExport.HIDDEN;

    private ConvolutionExport() {}

    /** Writes {@code model.onnx}. */
    public static Path write(Path folder, boolean half) throws IOException {
        TinyExport plain = half ? TinyExport.encoder().inHalves() : TinyExport.encoder();
        ModelProto model = plain.build(new ByteArrayOutputStream());
        GraphProto.Builder graph = model.getGraph().toBuilder();
        List<NodeProto> nodes = graph.getNodeList();
        graph.clearNode();
        List<TensorProto> initializers = graph.getInitializerList();
        graph.clearInitializer();
        initializers.stream().filter(t -> !isReplaced(t.getName())).forEach(graph::addInitializer);
        boolean added = false;
        for (NodeProto node : nodes) {
            boolean replaced = node.getInputList().stream().anyMatch(i -> isReplaced(i));
            if (!replaced) {
                graph.addNode(node);
            } else if (!added) {
                addLayer(graph, half);
                added = true;
            }
        }
        return Files.write(
                folder.resolve("model.onnx"),
                model.toBuilder().setGraph(graph).build().toByteArray());
    }

    private static boolean isReplaced(String weight) {
        return Set.of("query", "key", "value").stream()
                .anyMatch(
                        n ->
                                weight.equals("onnx::MatMul_" + n)
                                        || weight.equals("layer.0." + n + ".bias"));
    }

    private static void addLayer(GraphProto.Builder graph, boolean half) {
        Random random = new Random(11);
        graph.addInitializer(numbers(WEIGHT, half, random, HIDDEN, 3 * HIDDEN));
        graph.addInitializer(numbers(MODULE + ".bias", half, random, 3 * HIDDEN));
        graph.addInitializer(TinyOnnx.longs("flat", -1, HIDDEN));
        graph.addInitializer(TinyOnnx.longs("from_first", 0));
        graph.addInitializer(TinyOnnx.longs("to_second", 2));
        graph.addInitializer(TinyOnnx.longs("three_sizes", 3 * HIDDEN));
        String path = "/" + MODULE.replace('.', '/').replace("/h/0/", "/h.0/");
        String rows = path + "/Reshape_output_0";
        String product = path + "/Gemm_output_0";
        graph.addNode(TinyOnnx.node("Shape", "x_shape", "x"));
        graph.addNode(TinyOnnx.node("Reshape", rows, "x", "flat"));
        graph.addNode(
                TinyOnnx.node("Gemm", product, rows, WEIGHT, MODULE + ".bias").toBuilder()
                        .setName(path + "/Gemm"));
        graph.addNode(TinyOnnx.node("Slice", "lead", "x_shape", "from_first", "to_second"));
        graph.addNode(
                TinyOnnx.node("Concat", "full_shape", "lead", "three_sizes").toBuilder()
                        .addAttribute(OnnxGraph.attribute("axis", 0)));
        graph.addNode(TinyOnnx.node("Reshape", "fused", product, "full_shape"));
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Split")
                        .setName("split")
                        .addInput("fused")
                        .addOutput("query")
                        .addOutput("key")
                        .addOutput("value")
                        .addAttribute(OnnxGraph.attribute("axis", 2)));
    }

    private static TensorProto numbers(String name, boolean half, Random random, int... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
        int count = 1;
        for (int size : shape) {
            tensor.addDims(size);
            count *= size;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(count * (half ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            float value = (float) random.nextGaussian();
            if (half) {
                bytes.putShort(Float.floatToFloat16(value));
            } else {
                bytes.putFloat(value);
            }
        }
        TensorProto.DataType type =
                half ? TensorProto.DataType.FLOAT16 : TensorProto.DataType.FLOAT;
        return tensor.setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.flip()))
                .build();
    }
}
