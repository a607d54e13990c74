package io.pocketllm.objective;

import io.pocketllm.data.TokenRow;
import io.pocketllm.data.TokenizedExample;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GoldenCase;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The inputs of a {@link GoldenCase} as examples, and objectives over them. */
public final class GoldenBatch {

    private static final int ROWS = 3;
    private static final int WIDTH = 12;
    private static final int NO_LABEL = -100;

    private GoldenBatch() {}

    /** A decoder's main batch: all that follows the unlabelled tokens of a row is its answer. */
    public static TokenizedSplit answers(GoldenCase golden) throws Exception {
        long[] labels = golden.input("labels");
        List<TokenizedExample> examples = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            int end = tokens(golden, "", row, WIDTH).length;
            int start = 0;
            while (labels[row * WIDTH + start] == NO_LABEL) {
                start++;
            }
            examples.add(
                    new TokenizedExample(
                            List.of(row(golden, "", row, WIDTH, start, end)), -1, "answer"));
        }
        return new TokenizedSplit(examples, pad(golden), null);
    }

    /**
     * The mean loss of answers' tokens.
     *
     * @param forward a fresh graph of the case's model
     * @param weights what the graph is fed; may be changed between two losses
     * @param classes candidates an example has; 0 where there is one answer
     */
    public static AnswerObjective answerObjective(
            ForwardGraph forward, Collection<Tensor> weights, int classes) {
        AnswerTokens outputs = AnswerTokens.addTo(forward, forward.vocabularyHead().orElseThrow());
        return new AnswerObjective(
                pass(forward, weights, List.of(outputs.logProbability(), outputs.likeliest())),
                outputs,
                classes);
    }

    static ForwardPass pass(
            ForwardGraph forward, Collection<Tensor> weights, List<String> outputs) {
        MiniLm.prepare();
        forward.graph().setOutputs(outputs);
        return new ForwardPass(forward.graph(), weights, 1);
    }

    static TokenRow row(GoldenCase golden, String prefix, int row, int width, int start, int end)
            throws Exception {
        int[] types = null;
        if (golden.model().info().hasTokenTypes()) {
            long[] all = golden.input(prefix + "token_type_ids");
            types = new int[tokens(golden, prefix, row, width).length];
            for (int i = 0; i < types.length; i++) {
                types[i] = (int) all[row * width + i];
            }
        }
        return new TokenRow(tokens(golden, prefix, row, width), types, start, end);
    }

    /** A row without its padding, on whichever side that is. */
    static int[] tokens(GoldenCase golden, String prefix, int row, int width) throws Exception {
        long[] ids = golden.input(prefix + "input_ids");
        long[] mask = golden.input(prefix + "attention_mask");
        return IntStream.range(row * width, (row + 1) * width)
                .filter(i -> mask[i] == 1)
                .map(i -> (int) ids[i])
                .toArray();
    }

    /** RoBERTa finds real tokens by their not being this one. */
    static int pad(GoldenCase golden) {
        return golden.model().info().architecture().equals("roberta") ? 1 : 0;
    }
}
