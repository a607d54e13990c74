package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** Turns float {@code Constant} nodes into initializers, so that weights have one form. */
final class LiftedConstants {

    private LiftedConstants() {}

    /** Replaces the nodes in place; scalars and integers stay as they are. */
    static void lift(GraphProto.Builder graph) {
        List<NodeProto> nodes = List.copyOf(graph.getNodeList());
        graph.clearNode();
        for (NodeProto node : nodes) {
            TensorProto value = value(node);
            if (value == null) {
                graph.addNode(node);
            } else {
                graph.addInitializer(value.toBuilder().setName(node.getOutput(0)));
            }
        }
    }

    private static TensorProto value(NodeProto node) {
        if (!node.getOpType().equals("Constant") || node.getOutputCount() != 1) {
            return null;
        }
        for (AttributeProto attribute : node.getAttributeList()) {
            boolean liftable =
                    attribute.getName().equals("value")
                            && attribute.hasT()
                            && ElementTypes.isWeight(attribute.getT().getDataType())
                            && attribute.getT().getDimsCount() > 0;
            if (liftable) {
                return attribute.getT();
            }
        }
        return null;
    }
}
