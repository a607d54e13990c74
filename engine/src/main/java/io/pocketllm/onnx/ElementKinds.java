package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashMap;
import java.util.Map;

/**
 * The element type of each value of a graph of our own making, whose nodes stand in order. An
 * operator without a rule gives what its first input has, as most do.
 */
final class ElementKinds {

    private static final int INT64 = TensorProto.DataType.INT64.getNumber();
    private static final int BOOL = TensorProto.DataType.BOOL.getNumber();

    private final Map<String, Integer> kinds = new HashMap<>();
    private final Map<String, ValueInfoProto> inputs = new HashMap<>();

    ElementKinds(GraphProto graph) {
        for (TensorProto constant : graph.getInitializerList()) {
            kinds.put(constant.getName(), constant.getDataType());
        }
        for (ValueInfoProto input : graph.getInputList()) {
            kinds.put(input.getName(), input.getType().getTensorType().getElemType());
            inputs.put(input.getName(), input);
        }
        for (NodeProto node : graph.getNodeList()) {
            int kind = given(node);
            node.getOutputList().forEach(output -> kinds.put(output, kind));
        }
    }

    private int given(NodeProto node) {
        return switch (node.getOpType()) {
            case "Shape", "ArgMax", "ArgMin", "Size", "NonZero" -> INT64;
            case "Equal", "Not", "And", "Or", "Less", "Greater", "GreaterOrEqual", "LessOrEqual" ->
                    BOOL;
            case "Cast" ->
                    (int)
                            node.getAttributeList().stream()
                                    .filter(a -> a.getName().equals("to"))
                                    .findFirst()
                                    .orElseThrow()
                                    .getI();
            case "Where" -> of(node.getInput(1));
            default -> of(node.getInput(0));
        };
    }

    /** ONNX's number of a value's type; what was made while cutting is fp32. */
    int of(String value) {
        return kinds.getOrDefault(value, TensorProto.DataType.FLOAT.getNumber());
    }

    /** A value as an input under another name, with its shape where that is declared. */
    ValueInfoProto declared(String name, String value) {
        ValueInfoProto input = inputs.get(value);
        return input == null
                ? Values.ofAnyShape(name, of(value))
                : input.toBuilder().setName(name).build();
    }
}
