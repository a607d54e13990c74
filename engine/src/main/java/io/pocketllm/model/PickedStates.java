package io.pocketllm.model;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.onnx.OnnxGraph;
import java.util.List;

/** Picks the hidden states that an answer is read from, so that a head sees no others. */
public final class PickedStates {

    /** Int64 input of shape (answers): row · tokens + position of each. */
    public static final String POSITIONS = "answer_positions";

    private PickedStates() {}

    /**
     * Adds the nodes and the input {@link #POSITIONS}.
     *
     * @param hiddenStates value of shape (batch, tokens, hidden)
     * @return the picked states, shape (answers, hidden), in the order they were asked for
     */
    public static String addTo(OnnxGraph graph, String hiddenStates) {
        String p = graph.fresh("pocketllm/picked");
        String positions = graph.addDataInput(POSITIONS, "answers");
        String shape = graph.add("Shape", p + "/shape", List.of(hiddenStates));
        String last = graph.longConstants(p + "/last", 2);
        String hidden = graph.add("Gather", p + "/hidden", List.of(shape, last));
        String rest = graph.longConstants(p + "/rest", -1);
        String rows = graph.add("Concat", p + "/rows", List.of(rest, hidden), attribute("axis", 0));
        String flat = graph.add("Reshape", p + "/flat", List.of(hiddenStates, rows));
        return graph.add("Gather", p, List.of(flat, positions));
    }
}
