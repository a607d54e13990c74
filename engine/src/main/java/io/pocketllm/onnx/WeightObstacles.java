package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keeps a graph's weights out of reach, so that it is explained instead of half-loaded. */
public final class WeightObstacles {

    private static final Set<String> INTEGER_OPERATORS =
            Set.of(
                    "MatMulInteger",
                    "MatMulIntegerToFloat",
                    "DynamicQuantizeMatMul",
                    "DynamicQuantizeLinear",
                    "DynamicQuantizeLSTM",
                    "QuantizeLinear",
                    "DequantizeLinear",
                    "MatMulNBits",
                    "MatMulBnb4",
                    "GatherBlockQuantized",
                    "ConvInteger");

    private static final Set<String> WEIGHTED =
            Set.of("MatMul", "Gemm", "Conv", "LayerNormalization", "Attention", "Gather");

    private final Set<String> floats = new HashSet<>();

    private WeightObstacles() {}

    /**
     * The first obstacle.
     *
     * @return what is in the way, as the rest of a sentence that starts with the file, and what to
     *     do; empty where there is none
     */
    public static Optional<OnnxException> find(String file, ModelProto model) {
        return new WeightObstacles().search(file, model);
    }

    private Optional<OnnxException> search(String file, ModelProto model) {
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (ElementTypes.isWeight(tensor.getDataType()) && tensor.getDimsCount() > 1) {
                floats.add(tensor.getName());
            }
        }
        for (NodeProto node : model.getGraph().getNodeList()) {
            if (INTEGER_OPERATORS.contains(node.getOpType())
                    || node.getOpType().startsWith("QLinear")
                    || node.getDomain().equals("com.microsoft")
                            && node.getOpType().matches("Q[A-Z].*")
                            && !node.getOpType().equals("QuickGelu")) {
                return Optional.of(
                        new OnnxException(
                                file
                                        + ": is quantised (it holds "
                                        + Shown.of(node.getOpType())
                                        + " nodes), and integer weights cannot be moved by small steps",
                                "Use the model's float file, mostly named model.onnx, in fp32 or fp16."));
            }
            if (isFunctionCall(model, node) && readsWeights(node)) {
                return Optional.of(
                        new OnnxException(
                                file
                                        + ": keeps its layers in functions of its own ("
                                        + Shown.of(node.getOpType())
                                        + ")",
                                "Inline them with onnx.inliner, or export with dynamo=False."));
            }
            if (subgraphs(node).stream().anyMatch(this::holdsWeights)) {
                return Optional.of(
                        new OnnxException(
                                file
                                        + ": keeps weights inside a branch or loop ("
                                        + Shown.of(node.getOpType())
                                        + " "
                                        + Shown.of(node.getName())
                                        + ")",
                                "Use the unmerged export without cache, such as decoder_model.onnx or"
                                        + " model.onnx."));
            }
        }
        return Optional.empty();
    }

    private static boolean isFunctionCall(ModelProto model, NodeProto node) {
        return model.getFunctionsList().stream()
                .anyMatch(
                        f ->
                                f.getName().equals(node.getOpType())
                                        && f.getDomain().equals(node.getDomain()));
    }

    private boolean readsWeights(NodeProto node) {
        return node.getInputList().stream().anyMatch(floats::contains);
    }

    private static List<GraphProto> subgraphs(NodeProto node) {
        return node.getAttributeList().stream()
                .filter(AttributeProto::hasG)
                .map(AttributeProto::getG)
                .toList();
    }

    /** Small branches that only squeeze or copy are harmless: exporters write them for checks. */
    private boolean holdsWeights(GraphProto branch) {
        boolean own =
                branch.getInitializerList().stream()
                        .anyMatch(
                                t ->
                                        ElementTypes.isWeight(t.getDataType())
                                                && t.getDimsCount() > 1);
        return own
                || branch.getNodeList().stream()
                        .anyMatch(
                                node ->
                                        WEIGHTED.contains(node.getOpType()) && readsWeights(node)
                                                || subgraphs(node).stream()
                                                        .anyMatch(this::holdsWeights));
    }
}
