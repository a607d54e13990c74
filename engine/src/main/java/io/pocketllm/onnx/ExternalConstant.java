package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.tensor.DType;
import java.nio.file.Path;

/**
 * A constant that lies in a file beside the graph (ONNX: external data).
 *
 * @param file the file
 * @param offset where its numbers start, bytes; a multiple of the page size lets ONNX Runtime map
 *     it without copying
 * @param dtype F32, I8 or U8
 * @param shape sizes of its dimensions
 */
public record ExternalConstant(Path file, long offset, DType dtype, long[] shape) {

    /** Copies the shape, so that nobody can change it afterwards. */
    public ExternalConstant {
        shape = shape.clone();
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** The same bytes, read as another shape. */
    public ExternalConstant shaped(long... other) {
        return new ExternalConstant(file, offset, dtype, other);
    }

    TensorProto toProto(String name) {
        long bytes = dtype.bytes();
        TensorProto.Builder tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(type().getNumber())
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        for (long size : shape) {
            tensor.addDims(size);
            bytes *= size;
        }
        return tensor.addExternalData(entry("location", file.getFileName().toString()))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(bytes)))
                .build();
    }

    private TensorProto.DataType type() {
        return switch (dtype) {
            case F32 -> TensorProto.DataType.FLOAT;
            case I8 -> TensorProto.DataType.INT8;
            case U8 -> TensorProto.DataType.UINT8;
            default -> throw new IllegalArgumentException(dtype + " as a constant");
        };
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
