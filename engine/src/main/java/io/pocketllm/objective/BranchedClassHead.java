package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.tensor.ParameterStore;
import java.util.Arrays;

/**
 * {@link ClassHeadObjective} at several points in one forward pass: the batch's rows are repeated
 * for each point, and row block i meets copy i of the adapters and the head.
 */
public final class BranchedClassHead implements BranchedObjective {

    private final ForwardPass pass;
    private final String logits;
    private final int classes;
    private final int points;
    private final ParameterStore copies;

    /**
     * @param pass a graph built for {@code points} copies; closed with the objective
     * @param logits the pass's output of shape (points · batch, classes)
     * @param copies the tensors that the graph reads; owned by the caller
     */
    public BranchedClassHead(
            ForwardPass pass, String logits, int classes, int points, ParameterStore copies) {
        this.pass = pass;
        this.logits = logits;
        this.classes = classes;
        this.points = points;
        this.copies = copies;
    }

    @Override
    public ParameterStore copies() {
        return copies;
    }

    @Override
    public double[] losses(Batch batch) {
        float[] rows = pass.run(repeated(batch, points), logits);
        int block = batch.size() * classes;
        double[] losses = new double[points];
        for (int i = 0; i < points; i++) {
            float[] own = Arrays.copyOfRange(rows, i * block, (i + 1) * block);
            losses[i] = CrossEntropy.mean(own, batch.labels(), classes);
        }
        return losses;
    }

    /** The batch {@code times} times over, one whole batch after the other. */
    static Batch repeated(Batch batch, int times) {
        int cells = batch.inputIds().length;
        long[] ids = new long[cells * times];
        long[] mask = new long[cells * times];
        int[] labels = new int[batch.size() * times];
        int[] examples = new int[batch.size() * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(batch.inputIds(), 0, ids, i * cells, cells);
            System.arraycopy(batch.attentionMask(), 0, mask, i * cells, cells);
            System.arraycopy(batch.labels(), 0, labels, i * batch.size(), batch.size());
            System.arraycopy(batch.examples(), 0, examples, i * batch.size(), batch.size());
        }
        return new Batch(ids, mask, labels, examples, batch.size() * times, batch.length());
    }

    @Override
    public void close() {
        pass.close();
    }
}
