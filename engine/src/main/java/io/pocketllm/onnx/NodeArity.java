package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Map;

/** Refuses nodes without the inputs their operator needs, so that rewriting may rely on them. */
final class NodeArity {

    private static final Map<String, Integer> LEAST_INPUTS =
            Map.ofEntries(
                    Map.entry("MatMul", 2),
                    Map.entry("FusedMatMul", 2),
                    Map.entry("Gemm", 2),
                    Map.entry("Gather", 2),
                    Map.entry("Identity", 1),
                    Map.entry("Transpose", 1),
                    Map.entry("Cast", 1),
                    Map.entry("Slice", 1),
                    Map.entry("Unsqueeze", 1),
                    Map.entry("Squeeze", 1),
                    Map.entry("Reshape", 1),
                    Map.entry("Flatten", 1),
                    Map.entry("Expand", 1));

    private NodeArity() {}

    static void require(String file, List<NodeProto> nodes) throws OnnxException {
        for (NodeProto node : nodes) {
            Integer least = LEAST_INPUTS.get(node.getOpType());
            if (least != null && (node.getInputCount() < least || node.getOutputCount() < 1)) {
                throw new OnnxException(
                        file
                                + ": is damaged: the node "
                                + Shown.of(node.getName())
                                + " ("
                                + node.getOpType()
                                + ") lacks inputs or its output",
                        "Copy or download the model file again, or export it again.");
            }
        }
    }
}
