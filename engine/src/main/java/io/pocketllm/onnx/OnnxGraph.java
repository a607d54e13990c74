package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph under construction: an ONNX model without its fp32 weights, which have become inputs,
 * plus whatever is added.
 *
 * <p>Weights travel beside the graph, so the text that ONNX Runtime parses stays small however
 * large the model is.
 */
public final class OnnxGraph {

    private final ModelProto.Builder model;
    private final GraphProto.Builder graph;
    private final Set<String> weightInputs = new HashSet<>();

    /** A copy of {@code source} in which every fp32 initializer is an input of the same name. */
    public OnnxGraph(ModelProto source) {
        model = source.toBuilder();
        graph = model.getGraph().toBuilder();
        List<TensorProto> kept = new ArrayList<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
                long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
                addWeightInput(tensor.getName(), shape);
            } else {
                kept.add(tensor);
            }
        }
        graph.clearInitializer().addAllInitializer(kept);
    }

    /** Names of the fp32 weights that are inputs now. */
    public Set<String> weightInputs() {
        return Set.copyOf(weightInputs);
    }

    /** Adds an fp32 input for a tensor that the caller will feed. */
    public void addWeightInput(String name, long... shape) {
        // Exports of IR 3 list initializers among the inputs too.
        for (int i = graph.getInputCount() - 1; i >= 0; i--) {
            if (graph.getInput(i).getName().equals(name)) {
                graph.removeInput(i);
            }
        }
        graph.addInput(floatValue(name, Arrays.stream(shape).mapToObj(Long::valueOf).toArray()));
        weightInputs.add(name);
    }

    /**
     * Adds a node with one output.
     *
     * @return the output's name
     */
    public String add(
            String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType(operator)
                        .setName(output)
                        .addAllInput(inputs)
                        .addOutput(output)
                        .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** Adds an fp32 constant. */
    public String floatConstant(String name, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, value);
        graph.addInitializer(
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    /** Adds a one-dimensional int64 constant. */
    public String longConstants(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        graph.addInitializer(
                TensorProto.newBuilder()
                        .setName(name)
                        .addDims(values.length)
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .setRawData(ByteString.copyFrom(bytes.flip())));
        return name;
    }

    /**
     * Puts an addition behind a value: whoever read {@code value} now reads {@code value +
     * summand}.
     *
     * @param summand a value computed by nodes that were added before
     * @return the sum's name
     */
    public String addOnto(String value, String summand) {
        String sum = value + "/plus/" + summand;
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (node.getInputList().contains(value)) {
                NodeProto.Builder changed = node.toBuilder().clearInput();
                for (String input : node.getInputList()) {
                    changed.addInput(input.equals(value) ? sum : input);
                }
                graph.setNode(i, changed);
            }
        }
        return add("Add", sum, List.of(value, summand));
    }

    /** The graph's outputs become exactly {@code names}, fp32 of any shape. */
    public void setOutputs(List<String> names) {
        graph.clearOutput();
        for (String name : names) {
            graph.addOutput(
                    ValueInfoProto.newBuilder()
                            .setName(name)
                            .setType(
                                    TypeProto.newBuilder()
                                            .setTensorType(
                                                    TypeProto.Tensor.newBuilder()
                                                            .setElemType(
                                                                    TensorProto.DataType.FLOAT
                                                                            .getNumber()))));
        }
    }

    /** The nodes as they stand. */
    public List<NodeProto> nodes() {
        return graph.getNodeList();
    }

    /** Names of the inputs that are no weights. */
    public List<String> dataInputs() {
        return graph.getInputList().stream()
                .map(ValueInfoProto::getName)
                .filter(name -> !weightInputs.contains(name))
                .toList();
    }

    /** Names of the outputs. */
    public List<String> outputs() {
        return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /**
     * The model as bytes for ONNX Runtime, nodes in an order in which each comes after what it
     * reads.
     */
    public byte[] toBytes() {
        renameDataDimensions();
        List<NodeProto> sorted = TopologicalOrder.of(graph.getNodeList());
        GraphProto.Builder ordered = graph.clone().clearNode().addAllNode(sorted).clearValueInfo();
        return model.clone().setGraph(ordered).build().toByteArray();
    }

    /**
     * Some exports name both dimensions of input_ids "batch"; shape inference then takes them for
     * equal.
     */
    private void renameDataDimensions() {
        for (int i = 0; i < graph.getInputCount(); i++) {
            ValueInfoProto input = graph.getInput(i);
            if (!weightInputs.contains(input.getName())
                    && input.getType().getTensorType().getShape().getDimCount() == 2) {
                TypeProto.Tensor.Builder tensor = input.getType().getTensorType().toBuilder();
                tensor.setShape(shape("batch", "tokens"));
                graph.setInput(
                        i,
                        input.toBuilder()
                                .setType(input.getType().toBuilder().setTensorType(tensor)));
            }
        }
    }

    private static ValueInfoProto floatValue(String name, Object... dimensions) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                                .setShape(shape(dimensions))))
                .build();
    }

    private static TensorShapeProto shape(Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            if (dimension instanceof Long size) {
                shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
            } else {
                shape.addDim(
                        TensorShapeProto.Dimension.newBuilder().setDimParam((String) dimension));
            }
        }
        return shape.build();
    }

    /** An integer attribute of a node. */
    public static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    /** A list-of-integers attribute of a node. */
    public static AttributeProto attribute(String name, long[] values) {
        AttributeProto.Builder builder =
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            builder.addInts(value);
        }
        return builder.build();
    }
}
