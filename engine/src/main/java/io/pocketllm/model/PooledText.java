package io.pocketllm.model;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.onnx.OnnxGraph;
import java.util.List;

/**
 * Adds mean pooling to an encoder's graph: the hidden states of a text's real tokens are averaged
 * and scaled to length 1, as sentence-transformers does for all-MiniLM-L6-v2. The average's divisor
 * cancels in the scaling, so the sum is taken.
 */
public final class PooledText {

    /** Name of the pooled value, shape (batch, hidden). */
    public static final String OUTPUT = "pocketllm/pooled";

    private PooledText() {}

    /**
     * Adds the nodes.
     *
     * @param hiddenStates value of shape (batch, tokens, hidden)
     */
    public static void addTo(OnnxGraph graph, String hiddenStates) {
        String p = "pocketllm/pool/";
        String mask =
                graph.add(
                        "Cast",
                        p + "mask",
                        List.of("attention_mask"),
                        attribute("to", TensorProto.DataType.FLOAT.getNumber()));
        String column = graph.unsqueeze(p + "mask_column", mask, -1);
        String masked = graph.add("Mul", p + "masked", List.of(hiddenStates, column));
        String sum = graph.sum(p + "sum", masked, 1, false);
        String squares = graph.add("Mul", p + "squares", List.of(sum, sum));
        String squaredLength = graph.sum(p + "squared_length", squares, -1, true);
        // A text without tokens would divide by zero; its pooled value becomes zero instead.
        String safe =
                graph.add(
                        "Max",
                        p + "safe",
                        List.of(squaredLength, graph.floatConstant(p + "tiny", 1e-24f)));
        String length = graph.add("Sqrt", p + "length", List.of(safe));
        graph.add("Div", OUTPUT, List.of(sum, length));
    }
}
