package io.pocketllm.objective;

import io.pocketllm.data.Answers;
import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.GraphPass;
import java.util.List;

/**
 * A causal language model's answers, as MeZO (arXiv 2305.17333) trains OPT.
 *
 * <p>With classes each example has one row a class; a row's score is the mean log-probability of
 * its answer's tokens, and the loss is the cross-entropy over an example's scores. Without, the
 * loss is the mean of −log p over the batch's answer tokens, none of the prompt's among them.
 */
public final class AnswerObjective implements RowObjective {

    private static final int EVALUATION_BATCH = 8;

    private final GraphPass pass;
    private final AnswerTokens outputs;
    private final int classes;

    /**
     * @param pass closed with the objective
     * @param outputs what {@code pass} gives
     * @param classes rows of an example; 0 for generation
     */
    public AnswerObjective(GraphPass pass, AnswerTokens outputs, int classes) {
        this.pass = pass;
        this.outputs = outputs;
        this.classes = classes;
    }

    @Override
    public double loss(Batch batch) {
        return loss(batch, pass.run(batch, outputs.logProbability()));
    }

    @Override
    public String lossOutput() {
        return outputs.logProbability();
    }

    @Override
    public double loss(Batch batch, float[] logProbability) {
        return classes > 0
                ? CrossEntropy.mean(scores(batch, logProbability), batch.labels(), classes)
                : -sum(logProbability) / logProbability.length;
    }

    /**
     * Mean log-probability of each row's answer.
     *
     * @return shape (examples, classes), row-major
     */
    static float[] scores(Batch batch, float[] logProbability) {
        double[] sums = new double[batch.size()];
        int[] tokens = new int[batch.size()];
        int[] rows = batch.answers().rows();
        for (int i = 0; i < rows.length; i++) {
            sums[rows[i]] += logProbability[i];
            tokens[rows[i]]++;
        }
        float[] scores = new float[sums.length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = (float) (sums[row] / tokens[row]);
        }
        return scores;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public Evaluation evaluate(TokenizedSplit split) {
        return classes > 0 ? classify(split) : generate(split);
    }

    private Evaluation classify(TokenizedSplit split) {
        double loss = 0;
        double rightAnswers = 0;
        long rightTokens = 0;
        ClassCounts counts = new ClassCounts(classes);
        for (Batch batch : split.allByLength(EVALUATION_BATCH)) {
            float[] logProbability = pass.run(batch, outputs.logProbability());
            float[] scores = scores(batch, logProbability);
            loss += CrossEntropy.mean(scores, batch.labels(), classes) * batch.labels().length;
            counts.add(scores, batch.labels());
            int[] rows = batch.answers().rows();
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] % classes == batch.labels()[rows[i] / classes]) {
                    rightAnswers -= logProbability[i];
                    rightTokens++;
                }
            }
        }
        return Evaluation.of(
                loss / split.size(), counts, StrictMath.exp(rightAnswers / rightTokens));
    }

    /**
     * Greedy decoding gives an answer word for word exactly when each of its tokens is the
     * likeliest one behind the tokens before it, so one forward pass over the right answer tells.
     */
    private Evaluation generate(TokenizedSplit split) {
        double loss = 0;
        long tokens = 0;
        int exact = 0;
        for (Batch batch : split.allByLength(EVALUATION_BATCH)) {
            List<float[]> values =
                    pass.run(batch, List.of(outputs.logProbability(), outputs.likeliest()));
            loss -= sum(values.get(0));
            tokens += values.get(0).length;
            exact += exactAnswers(batch, values.get(1));
        }
        double mean = loss / tokens;
        return new Evaluation(
                mean, (double) exact / split.size(), split.size(), null, StrictMath.exp(mean));
    }

    private static int exactAnswers(Batch batch, float[] likeliest) {
        Answers answers = batch.answers();
        boolean[] wrong = new boolean[batch.size()];
        for (int i = 0; i < answers.size(); i++) {
            wrong[answers.rows()[i]] |= answers.tokens()[i] != (int) likeliest[i];
        }
        int exact = 0;
        for (boolean row : wrong) {
            exact += row ? 0 : 1;
        }
        return exact;
    }

    @Override
    public float[] classScores(Batch batch) {
        if (classes == 0) {
            throw new UnsupportedOperationException("answers in a model's own words have no class");
        }
        return scores(batch, pass.run(batch, outputs.logProbability()));
    }

    @Override
    public void close() {
        pass.close();
    }
}
