package io.pocketllm.run;

import io.pocketllm.forward.GraphPass;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.LinearHead;
import io.pocketllm.model.PickedStates;
import io.pocketllm.model.PooledText;
import io.pocketllm.model.VocabularyHead;
import io.pocketllm.objective.AnswerObjective;
import io.pocketllm.objective.AnswerTokens;
import io.pocketllm.objective.ClassHeadObjective;
import io.pocketllm.objective.RowObjective;
import io.pocketllm.onnx.OnnxGraph;
import java.util.List;
import java.util.function.Function;

/** How a graph goes on from hidden states to a loss; one for each kind of objective. */
sealed interface GraphEnd {

    /**
     * What was added.
     *
     * @param outputs values to read
     * @param objective the objective over a pass that gives them
     */
    record Added(List<String> outputs, Function<GraphPass, RowObjective> objective) {}

    /**
     * Adds the nodes and sets the graph's outputs.
     *
     * @param copies blocks of rows that meet copies of what moves; 1 for a plain graph
     */
    Added addTo(ForwardGraph forward, int copies);

    /**
     * A linear layer over the pooled text.
     *
     * @param hiddenSize numbers in a token's last hidden state
     */
    record ClassHead(HeadParameters head, int hiddenSize) implements GraphEnd {

        @Override
        public Added addTo(ForwardGraph forward, int copies) {
            OnnxGraph graph = forward.graph();
            int classes = (int) head.bias().elements();
            boolean subspace = head.subspace() != null;
            PooledText.addTo(graph, forward.hiddenStates());
            String logits = LinearHead.LOGITS;
            if (copies == 1) {
                LinearHead.addTo(graph, PooledText.OUTPUT, hiddenSize, classes);
                logits = subspace ? head.subspace().addTo(graph) : logits;
            } else {
                LinearHead.addBranchedTo(
                        graph, PooledText.OUTPUT, hiddenSize, classes, copies, subspace);
                logits = subspace ? head.subspace().addBranchedTo(graph, copies, true) : logits;
            }
            return classLogits(graph, logits, classes);
        }
    }

    /**
     * The label words' scores at the mask.
     *
     * @param words each class's token
     */
    record LabelWords(long[] words) implements GraphEnd {

        @Override
        public Added addTo(ForwardGraph forward, int copies) {
            OnnxGraph graph = forward.graph();
            String picked = PickedStates.addTo(graph, forward.hiddenStates());
            String logits = head(forward).addTo(graph, picked, words);
            return classLogits(graph, logits, words.length);
        }
    }

    /**
     * The log-probability of an answer's tokens.
     *
     * @param classes rows of an example; 0 for generation
     */
    record AnswerTokensOf(int classes) implements GraphEnd {

        @Override
        public Added addTo(ForwardGraph forward, int copies) {
            AnswerTokens tokens = AnswerTokens.addTo(forward, head(forward));
            List<String> outputs = List.of(tokens.logProbability(), tokens.likeliest());
            forward.graph().setOutputs(outputs);
            return new Added(outputs, pass -> new AnswerObjective(pass, tokens, classes));
        }
    }

    private static VocabularyHead head(ForwardGraph forward) {
        return forward.vocabularyHead()
                .orElseThrow(
                        () -> new IllegalStateException("asked for before: hasVocabularyHead"));
    }

    private static Added classLogits(OnnxGraph graph, String logits, int classes) {
        graph.setOutputs(List.of(logits));
        return new Added(List.of(logits), pass -> new ClassHeadObjective(pass, logits, classes));
    }
}
