package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.GraphPass;

/**
 * Classification by one logit a class: cross-entropy over the classes. The logits come from a
 * linear head over the pooled text, or from the label words' scores at the mask.
 */
public final class ClassHeadObjective implements RowObjective {

    private static final int EVALUATION_BATCH = 32;

    private final GraphPass pass;
    private final String logits;
    private final int classes;

    /**
     * @param pass closed with the objective
     * @param logits the pass's output of shape (batch, classes)
     */
    public ClassHeadObjective(GraphPass pass, String logits, int classes) {
        this.pass = pass;
        this.logits = logits;
        this.classes = classes;
    }

    @Override
    public double loss(Batch batch) {
        return loss(batch, pass.run(batch, logits));
    }

    @Override
    public String lossOutput() {
        return logits;
    }

    @Override
    public double loss(Batch batch, float[] rows) {
        return CrossEntropy.mean(rows, batch.labels(), classes);
    }

    @Override
    public Evaluation evaluate(TokenizedSplit split) {
        double loss = 0;
        ClassCounts counts = new ClassCounts(classes);
        for (Batch batch : split.allByLength(EVALUATION_BATCH)) {
            float[] rows = pass.run(batch, logits);
            loss += loss(batch, rows) * batch.labels().length;
            counts.add(rows, batch.labels());
        }
        return Evaluation.of(loss / split.size(), counts, null);
    }

    @Override
    public float[] classScores(Batch batch) {
        return pass.run(batch, logits);
    }

    @Override
    public void close() {
        pass.close();
    }
}
