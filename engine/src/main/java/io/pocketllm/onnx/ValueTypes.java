package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProtoOrBuilder;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the float type of a value inside a graph: that of the floats it is computed from. */
final class ValueTypes {

    private ValueTypes() {}

    /** The type's ONNX number; FLOAT where nothing says. */
    static int of(GraphProtoOrBuilder graph, String value) {
        Map<String, Integer> known = known(graph);
        Map<String, NodeProto> producers = new HashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, node));
        }
        Deque<String> open = new ArrayDeque<>(Set.of(value));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            Integer type = known.get(next);
            NodeProto producer = producers.get(next);
            if (type == null && producer != null && producer.getOpType().equals("Cast")) {
                type = castsTo(producer);
            }
            if (type != null && ElementTypes.isWeight(type)) {
                return type;
            }
            if (producer != null && type == null) {
                producer.getInputList().reversed().forEach(open::push);
            }
        }
        return TensorProto.DataType.FLOAT.getNumber();
    }

    private static Map<String, Integer> known(GraphProtoOrBuilder graph) {
        Map<String, Integer> known = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            known.put(tensor.getName(), tensor.getDataType());
        }
        for (ValueInfoProto input : graph.getInputList()) {
            known.put(input.getName(), input.getType().getTensorType().getElemType());
        }
        for (ValueInfoProto inner : graph.getValueInfoList()) {
            known.put(inner.getName(), inner.getType().getTensorType().getElemType());
        }
        return known;
    }

    private static int castsTo(NodeProto cast) {
        return cast.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals("to"))
                .mapToInt(attribute -> (int) attribute.getI())
                .findFirst()
                .orElse(AttributeProto.AttributeType.UNDEFINED.getNumber());
    }
}
