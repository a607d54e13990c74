package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes that a graph's outputs follow from. ONNX Runtime runs the others too, after all that is
 * needed, and keeps what they read until then: each layer's hidden states, where nothing but an
 * output nobody asked for reads them.
 */
final class NeededNodes {

    private NeededNodes() {}

    /** Those of {@code graph}, in its order; all of them where it has no outputs. */
    static List<NodeProto> of(GraphProto graph) {
        if (graph.getOutputCount() == 0) {
            return graph.getNodeList();
        }
        Map<String, NodeProto> producer = new HashMap<>();
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> producer.put(output, node));
        }
        Deque<String> asked = new ArrayDeque<>();
        graph.getOutputList().forEach(output -> asked.add(output.getName()));
        Set<String> seen = new HashSet<>(asked);
        // By identity: two equal nodes are two nodes.
        Set<NodeProto> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        while (!asked.isEmpty()) {
            NodeProto node = producer.get(asked.remove());
            if (node != null && needed.add(node)) {
                Set<String> read = new HashSet<>();
                reads(node, read);
                read.stream().filter(name -> !name.isEmpty() && seen.add(name)).forEach(asked::add);
            }
        }
        return graph.getNodeList().stream().filter(needed::contains).toList();
    }

    /** A branch reads values of the graph around it without listing them as inputs. */
    private static void reads(NodeProto node, Set<String> names) {
        names.addAll(node.getInputList());
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                reads(attribute.getG(), names);
            }
            attribute.getGraphsList().forEach(branch -> reads(branch, names));
        }
    }

    private static void reads(GraphProto branch, Set<String> names) {
        branch.getOutputList().forEach(output -> names.add(output.getName()));
        branch.getNodeList().forEach(node -> reads(node, names));
    }
}
