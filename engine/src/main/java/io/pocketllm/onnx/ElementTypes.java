package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.tensor.DType;
import java.util.Optional;

/** ONNX's numbers for element types, and the names of this program for them. */
final class ElementTypes {

    private ElementTypes() {}

    /** The type of that number; empty for strings, complex numbers and types below a byte. */
    static Optional<DType> dtype(int elementType) {
        TensorProto.DataType type = TensorProto.DataType.forNumber(elementType);
        if (type == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (type) {
                    case FLOAT -> DType.F32;
                    case FLOAT16 -> DType.F16;
                    case BFLOAT16 -> DType.BF16;
                    case DOUBLE -> DType.F64;
                    case INT64 -> DType.I64;
                    case INT32 -> DType.I32;
                    case INT16 -> DType.I16;
                    case INT8 -> DType.I8;
                    case UINT8 -> DType.U8;
                    case BOOL -> DType.BOOL;
                    default -> null;
                });
    }

    /** The number of a type. */
    static int number(DType dtype) {
        return switch (dtype) {
            case F32 -> TensorProto.DataType.FLOAT.getNumber();
            case F16 -> TensorProto.DataType.FLOAT16.getNumber();
            case BF16 -> TensorProto.DataType.BFLOAT16.getNumber();
            case F64 -> TensorProto.DataType.DOUBLE.getNumber();
            case I64 -> TensorProto.DataType.INT64.getNumber();
            case I32 -> TensorProto.DataType.INT32.getNumber();
            case I16 -> TensorProto.DataType.INT16.getNumber();
            case I8 -> TensorProto.DataType.INT8.getNumber();
            case U8 -> TensorProto.DataType.UINT8.getNumber();
            case BOOL -> TensorProto.DataType.BOOL.getNumber();
        };
    }

    /** True for the types weights come in. */
    static boolean isWeight(int elementType) {
        return dtype(elementType).map(DType::isWeight).orElse(false);
    }

    /** A tensor's sizes. */
    static long[] shape(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    }
}
