package io.pocketllm.device.work;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What shapes need to know of a graph's constants. */
final class Tensors {

    private Tensors() {}

    /** Shape, and the content where it is few integers. */
    static Value value(TensorProto tensor) {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        Value value = Value.of(shape);
        boolean few = value.elements() <= Value.MOST_NUMBERS;
        return few ? new Value(shape, integers(tensor, (int) value.elements())) : value;
    }

    private static long[] integers(TensorProto tensor, int count) {
        boolean wide = tensor.getDataType() == DataType.INT64.getNumber();
        if (!wide && tensor.getDataType() != DataType.INT32.getNumber()) {
            return null;
        }
        long[] numbers = new long[count];
        if (tensor.hasRawData()) {
            ByteBuffer raw =
                    tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            if (raw.remaining() != count * (wide ? 8 : 4)) {
                return null;
            }
            for (int i = 0; i < count; i++) {
                numbers[i] = wide ? raw.getLong() : raw.getInt();
            }
            return numbers;
        }
        if ((wide ? tensor.getInt64DataCount() : tensor.getInt32DataCount()) != count) {
            return null;
        }
        for (int i = 0; i < count; i++) {
            numbers[i] = wide ? tensor.getInt64Data(i) : tensor.getInt32Data(i);
        }
        return numbers;
    }
}
