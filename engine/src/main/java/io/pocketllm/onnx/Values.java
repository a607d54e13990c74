package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/** Declarations of a graph's inputs and outputs. */
final class Values {

    private Values() {}

    /** A tensor; dimensions are sizes ({@code Long}) or names. */
    static ValueInfoProto of(String name, int elementType, Object... dimensions) {
        return declared(
                name,
                TypeProto.Tensor.newBuilder().setElemType(elementType).setShape(shape(dimensions)));
    }

    /** A tensor of which only the type is known. */
    static ValueInfoProto ofAnyShape(String name, int elementType) {
        return declared(name, TypeProto.Tensor.newBuilder().setElemType(elementType));
    }

    private static ValueInfoProto declared(String name, TypeProto.Tensor.Builder tensor) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
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
