package io.pocketllm.model;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.onnx.OnnxGraph;
import java.util.List;

/**
 * Adds a classification head to a graph: {@code logits = pooled · weightᵀ + bias}, shape (batch,
 * classes).
 */
public final class LinearHead {

    /** Name of the head's weight, shape (classes, hidden). */
    public static final String WEIGHT = "classifier.weight";

    /** Name of the head's bias, shape (classes). */
    public static final String BIAS = "classifier.bias";

    /** Name of the logits, shape (batch, classes). */
    public static final String LOGITS = "pocketllm/logits";

    private LinearHead() {}

    /** Adds the nodes and the two weight inputs. */
    public static void addTo(OnnxGraph graph, String pooled, int hiddenSize, int classes) {
        graph.addWeightInput(WEIGHT, classes, hiddenSize);
        graph.addWeightInput(BIAS, classes);
        graph.add("Gemm", LOGITS, List.of(pooled, WEIGHT, BIAS), attribute("transB", 1));
    }

    /**
     * Adds the head for several copies at once: the pooled rows are that many equal blocks, and
     * block i meets copy i of the bias, and of the weight where it moves.
     *
     * @param oneWeight whether the weight is one of shape (classes, hidden) for all; else it is
     *     (copies, classes, hidden)
     */
    public static void addBranchedTo(
            OnnxGraph graph,
            String pooled,
            int hiddenSize,
            int classes,
            int copies,
            boolean oneWeight) {
        String p = "pocketllm/head/";
        if (oneWeight) {
            graph.addWeightInput(WEIGHT, classes, hiddenSize);
        } else {
            graph.addWeightInput(WEIGHT, copies, classes, hiddenSize);
        }
        graph.addWeightInput(BIAS, copies, classes);
        String turned =
                graph.add(
                        "Transpose",
                        p + "turned",
                        List.of(WEIGHT),
                        attribute("perm", oneWeight ? new long[] {1, 0} : new long[] {0, 2, 1}));
        String blocks =
                graph.add(
                        "Reshape",
                        p + "blocks",
                        List.of(
                                pooled,
                                graph.longConstants(p + "blocks_shape", copies, -1, hiddenSize)));
        String product = graph.add("MatMul", p + "product", List.of(blocks, turned));
        String bias =
                graph.add(
                        "Reshape",
                        p + "bias",
                        List.of(BIAS, graph.longConstants(p + "bias_shape", copies, 1, classes)));
        String sum = graph.add("Add", p + "sum", List.of(product, bias));
        graph.add(
                "Reshape",
                LOGITS,
                List.of(sum, graph.longConstants(p + "logits_shape", -1, classes)));
    }
}
