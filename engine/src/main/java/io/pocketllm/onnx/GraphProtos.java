package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
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
}
