package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Small ONNX models for tests, made with the format's own messages. */
public final class TinyOnnx {

    private TinyOnnx() {}

    /** {@code y = Reshape(x · weight + bias, shape)} with x of shape (n, 2) and weight (2, 3). */
    public static ModelProto linear() {
        return model(
                GraphProto.newBuilder()
                        .setName("linear")
                        .addInput(value("x", TensorProto.DataType.FLOAT, "n", 2))
                        .addInitializer(raw("weight", new long[] {2, 3}, 1, 2, 3, 4, 5, 6))
                        .addInitializer(floatData("bias", 3, 10, 20, 30))
                        .addInitializer(longs("shape", -1, 3))
                        .addNode(node("MatMul", "product", "x", "weight"))
                        .addNode(node("Add", "sum", "product", "bias"))
                        .addNode(node("Reshape", "y", "sum", "shape"))
                        .addOutput(value("y", TensorProto.DataType.FLOAT, "n", 3)));
    }

    /**
     * Something with the outer form of a text encoder.
     *
     * @param inputs names of the int64 inputs
     * @param outputShape of {@code last_hidden_state}
     */
    public static ModelProto encoder(List<String> inputs, Object... outputShape) {
        GraphProto.Builder graph =
                GraphProto.newBuilder()
                        .setName("encoder")
                        .addInitializer(raw("table", new long[] {2, 2}, 1, 2, 3, 4))
                        .addNode(node("Gather", "last_hidden_state", "table", inputs.getFirst()))
                        .addOutput(
                                value(
                                        "last_hidden_state",
                                        TensorProto.DataType.FLOAT,
                                        outputShape));
        for (String input : inputs) {
            graph.addInput(value(input, TensorProto.DataType.INT64, "batch", "batch"));
        }
        return model(graph);
    }

    /** A model of this graph. */
    public static ModelProto model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build();
    }

    /** A node with one output, named like it. */
    public static NodeProto node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    /** An fp32 initializer whose numbers are raw bytes. */
    public static TensorProto raw(String name, long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .setRawData(ByteString.copyFrom(bytes.flip()));
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor.build();
    }

    /** A one-dimensional fp32 initializer whose numbers are a repeated field. */
    public static TensorProto floatData(String name, long size, float... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addDims(size);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    /** A one-dimensional int64 initializer. */
    public static TensorProto longs(String name, long... values) {
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

    /** An input or output; dimensions are sizes or names. */
    public static ValueInfoProto value(
            String name, TensorProto.DataType type, Object... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(
                    dimension instanceof Integer size
                            ? one.setDimValue(size)
                            : one.setDimParam((String) dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.getNumber())
                                                .setShape(shape)))
                .build();
    }
}
