package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts a segment's nodes into a graph under names that count up in the order of use, so that two
 * segments which do the same come out the same.
 */
final class SegmentBuilder {

    private final ModelProto shell;
    private final ElementKinds kinds;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("segment");
    private final Map<String, String> inside = new HashMap<>();

    /** The shell: a model's versions and operator sets, without its graph. */
    SegmentBuilder(ModelProto shell, ElementKinds kinds) {
        this.shell = shell;
        this.kinds = kinds;
    }

    boolean knows(String name) {
        return inside.containsKey(name);
    }

    private String named(String name) {
        return inside.computeIfAbsent(name, n -> "v" + inside.size());
    }

    /** A float input of known dimensions. */
    String weight(String name, Object... dimensions) {
        String own = named(name);
        graph.addInput(Values.of(own, TensorProto.DataType.FLOAT.getNumber(), dimensions));
        return own;
    }

    /** An int64 input of so many dimensions. */
    String places(String name, int dimensions) {
        String own = named(name);
        Object[] sizes = new Object[dimensions];
        for (int i = 0; i < dimensions; i++) {
            sizes[i] = "places" + i;
        }
        graph.addInput(Values.of(own, TensorProto.DataType.INT64.getNumber(), sizes));
        return own;
    }

    /** An input of whatever shape another segment gave it. */
    String value(String name) {
        String own = named(name);
        graph.addInput(kinds.declared(own, name));
        return own;
    }

    void constant(TensorProto constant) {
        graph.addInitializer(constant.toBuilder().setName(named(constant.getName())));
    }

    /** Its inputs have to be known. */
    void node(NodeProto node) {
        NodeProto.Builder own = node.toBuilder().clearInput().clearOutput().clearName();
        for (String input : node.getInputList()) {
            own.addInput(input.isEmpty() ? "" : named(input));
        }
        for (String output : node.getOutputList()) {
            own.addOutput(output.isEmpty() ? "" : named(output));
        }
        graph.addNode(own);
    }

    String output(String name) {
        String own = named(name);
        graph.addOutput(Values.ofAnyShape(own, kinds.of(name)));
        return own;
    }

    byte[] model() {
        return shell.toBuilder().setGraph(graph).build().toByteArray();
    }
}
