package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** The numbers of a float tensor in any of the four places ONNX may keep them. */
final class TensorBytes {

    private TensorBytes() {}

    /**
     * A tensor over the numbers: a view where they are raw bytes or in a file of their own, a copy
     * where they are a repeated field (small by the wire check).
     *
     * @param external where numbers outside the file are; null refuses them
     * @throws OnnxException where shape and bytes disagree
     */
    static Tensor of(String file, TensorProto proto, ExternalData external) throws OnnxException {
        DType dtype = ElementTypes.dtype(proto.getDataType()).orElseThrow();
        long[] shape = ElementTypes.shape(proto);
        try {
            long bytes = Math.multiplyExact(Tensor.elements(shape), (long) dtype.bytes());
            return new Tensor(proto.getName(), dtype, shape, memory(proto, dtype, external, bytes));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new OnnxException(
                    file + ": damaged weight: " + Shown.of(e.getMessage()),
                    "Copy or download the model file again.");
        }
    }

    private static MemorySegment memory(
            TensorProto proto, DType dtype, ExternalData external, long bytes)
            throws OnnxException {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            if (external == null) {
                throw new IllegalArgumentException(
                        proto.getName() + ": keeps its numbers in a file of their own");
            }
            return external.bytes(proto, bytes);
        }
        if (proto.hasRawData()) {
            ByteBuffer raw = proto.getRawData().asReadOnlyByteBuffer();
            return raw.isDirect()
                    ? MemorySegment.ofBuffer(raw)
                    : Arena.ofAuto()
                            .allocate(Math.max(1, raw.remaining()), 64)
                            .asSlice(0, raw.remaining())
                            .copyFrom(MemorySegment.ofBuffer(raw));
        }
        if (dtype == DType.F32) {
            int count = proto.getFloatDataCount();
            MemorySegment copy = allocate(4L * count);
            for (int i = 0; i < count; i++) {
                copy.setAtIndex(ValueLayout.JAVA_FLOAT, i, proto.getFloatData(i));
            }
            return copy;
        }
        // Halves as a repeated field: the bits of each in an int32.
        int count = proto.getInt32DataCount();
        MemorySegment copy = allocate(2L * count);
        for (int i = 0; i < count; i++) {
            copy.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) proto.getInt32Data(i));
        }
        return copy;
    }

    private static MemorySegment allocate(long bytes) {
        return Arena.ofAuto().allocate(Math.max(1, bytes), 64).asSlice(0, bytes);
    }
}
