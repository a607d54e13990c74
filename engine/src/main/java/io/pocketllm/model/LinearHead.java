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
}
