package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.pocketllm.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The messages that a graph is put together from. */
final class GraphProtos {

    /** Where ONNX Runtime's own operators live. */
    static final String RUNTIME_DOMAIN = "com.microsoft";

    private GraphProtos() {}

    static NodeProto node(
            String operator,
            List<String> outputs,
            List<String> inputs,
            AttributeProto... attributes) {
        boolean own = operator.startsWith(OnnxGraph.RUNTIME);
        return NodeProto.newBuilder()
                .setOpType(own ? operator.substring(OnnxGraph.RUNTIME.length()) : operator)
                .setDomain(own ? RUNTIME_DOMAIN : "")
                .setName(outputs.getFirst())
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    static TensorProto floats(String name, long[] shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return constant(name, TensorProto.DataType.FLOAT, shape, bytes);
    }

    static TensorProto longs(String name, long[] shape, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return constant(name, TensorProto.DataType.INT64, shape, bytes);
    }

    private static TensorProto constant(
            String name, TensorProto.DataType type, long[] shape, ByteBuffer bytes) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(type.getNumber())
                        .setRawData(ByteString.copyFrom(bytes.flip()));
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor.build();
    }

    static TensorProto.DataType elementType(DType dtype) {
        return switch (dtype) {
            case F32 -> TensorProto.DataType.FLOAT;
            case F16 -> TensorProto.DataType.FLOAT16;
            case BF16 -> TensorProto.DataType.BFLOAT16;
            default -> throw new IllegalArgumentException(dtype + " is no format of weights");
        };
    }

    /**
     * @param dimensions a Long for each that is known, else its name
     */
    static ValueInfoProto value(String name, TensorProto.DataType type, Object... dimensions) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(type.getNumber())
                                                .setShape(shape(dimensions))))
                .build();
    }

    static TensorShapeProto shape(Object... dimensions) {
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
}
