package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Map;

/** Small changes to a graph's wiring. */
final class GraphEdits {

    private GraphEdits() {}

    /** Whoever read a key now reads its value. */
    static void replaceReads(GraphProto.Builder graph, Map<String, String> instead) {
        for (int i = 0; i < graph.getNodeCount(); i++) {
            NodeProto node = graph.getNode(i);
            if (node.getInputList().stream().anyMatch(instead::containsKey)) {
                NodeProto.Builder changed = node.toBuilder().clearInput();
                for (String input : node.getInputList()) {
                    changed.addInput(instead.getOrDefault(input, input));
                }
                graph.setNode(i, changed);
            }
        }
    }

    /** Takes a graph input away where it is there. */
    static void removeInput(GraphProto.Builder graph, String name) {
        for (int i = graph.getInputCount() - 1; i >= 0; i--) {
            if (graph.getInput(i).getName().equals(name)) {
                graph.removeInput(i);
            }
        }
    }
}
