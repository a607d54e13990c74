package io.pocketllm.objective;

import static io.pocketllm.onnx.OnnxGraph.attribute;

import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.PickedStates;
import io.pocketllm.model.VocabularyHead;
import io.pocketllm.onnx.OnnxGraph;
import java.util.List;

/**
 * Adds to a graph what an answer's tokens are judged by. The vocabulary is scored at the places
 * that predict an answer's token and nowhere else, and only one number a place leaves the graph.
 *
 * @param logProbability value of shape (answers, 1): log softmax of the logits at the right token,
 *     nats
 * @param likeliest value of shape (answers), fp32: id of the likeliest token, exact up to 2²⁴
 */
public record AnswerTokens(String logProbability, String likeliest) {

    /** Int64 input of shape (answers): the tokens to predict. */
    public static final String TOKENS = "answer_tokens";

    private static final int FLOAT = 1;

    /** Adds the nodes and the inputs {@link PickedStates#POSITIONS} and {@link #TOKENS}. */
    public static AnswerTokens addTo(ForwardGraph forward, VocabularyHead head) {
        OnnxGraph graph = forward.graph();
        String p = "pocketllm/answer";
        String picked = PickedStates.addTo(graph, forward.hiddenStates());
        String logits = head.addTo(graph, picked);
        String all =
                graph.add("LogSoftmax", p + "/log_softmax", List.of(logits), attribute("axis", 1));
        String axis = graph.longConstants(p + "/axis", 1);
        String tokens = graph.addDataInput(TOKENS, "answers");
        String column = graph.add("Unsqueeze", p + "/column", List.of(tokens, axis));
        String right =
                graph.add(
                        "GatherElements",
                        p + "/log_probability",
                        List.of(all, column),
                        attribute("axis", 1));
        String best =
                graph.add(
                        "ArgMax",
                        p + "/best",
                        List.of(logits),
                        attribute("axis", 1),
                        attribute("keepdims", 0));
        String likeliest =
                graph.add("Cast", p + "/likeliest", List.of(best), attribute("to", FLOAT));
        return new AnswerTokens(right, likeliest);
    }
}
