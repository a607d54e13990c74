package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.PassWatch;
import io.pocketllm.model.PooledText;
import io.pocketllm.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Classification by a linear head over a frozen encoder. While only the head moves, the encoder's
 * answer to a text never changes: it is asked once for each text, or, where batches are cut anew
 * each time (token dropout), once for each batch; all of a step's perturbed heads share that one
 * forward pass.
 *
 * <p>{@code logits = x · weightᵀ + bias + (x · A) · B}, the last term only where a subspace is
 * searched; the same head as {@code LinearHead} and {@code LoraAdapter} add to a graph.
 */
public final class FrozenFeatureObjective implements Objective {

    /**
     * Texts as the head sees them.
     *
     * @param pooled shape (rows, hidden)
     * @param projected pooled · A, shape (rows, rank); empty where no subspace is searched
     */
    private record Features(float[] pooled, float[] projected) {}

    /**
     * What may move.
     *
     * @param weight shape (classes, hidden)
     * @param bias shape (classes)
     * @param b shape (rank, classes), or null
     */
    record Head(Tensor weight, Tensor bias, Tensor b) {
        /** The same with the tensor of that name replaced. */
        Head with(Tensor other) {
            return new Head(
                    other.name().equals(weight.name()) ? other : weight,
                    other.name().equals(bias.name()) ? other : bias,
                    b != null && other.name().equals(b.name()) ? other : b);
        }
    }

    private final Map<TokenizedSplit, Features> features = new HashMap<>();
    private final TokenizedSplit train;
    private final ForwardPass encoder;
    private final Supplier<ForwardPass> laterEncoder;
    private final Head head;
    private final Tensor subspace;
    private final float[] a;
    private final int hidden;
    private final int classes;
    private final int rank;
    private final PassWatch.Listener listener;
    private Batch lastBatch;
    private Features lastFeatures;

    /** Made when the first text comes that no split has; null until then. */
    private ForwardPass askedEncoder;

    /**
     * @param pooled pooled texts of each split, shape (examples, hidden)
     * @param train the split that batches are cut from
     * @param encoder gives {@link PooledText#OUTPUT} for batches whose texts are not the split's
     *     own; null where all are. Closed with the objective
     * @param laterEncoder makes the same where {@code encoder} is null and a text comes that no
     *     split has; what it made is closed with the objective
     * @param weight shape (classes, hidden)
     * @param bias shape (classes)
     * @param a shape (hidden, rank), or null
     * @param b shape (rank, classes), or null with {@code a}
     * @param watch hears of each use of the head
     */
    public FrozenFeatureObjective(
            Map<TokenizedSplit, float[]> pooled,
            TokenizedSplit train,
            ForwardPass encoder,
            Supplier<ForwardPass> laterEncoder,
            Tensor weight,
            Tensor bias,
            Tensor a,
            Tensor b,
            PassWatch watch) {
        this.train = train;
        this.encoder = encoder;
        this.laterEncoder = laterEncoder;
        this.subspace = a;
        this.head = new Head(weight, bias, b);
        this.a = a == null ? new float[0] : a.toArray();
        this.classes = (int) weight.shape()[0];
        this.hidden = (int) weight.shape()[1];
        this.rank = a == null ? 0 : (int) a.shape()[1];
        this.listener = watch.ofLinear(hidden + rank, classes);
        pooled.forEach((split, rows) -> features.put(split, new Features(rows, project(rows))));
    }

    Head head() {
        return head;
    }

    @Override
    public double loss(Batch batch) {
        return loss(batch, head);
    }

    /** The same with other values of what moves. */
    double loss(Batch batch, Head at) {
        if (encoder == null) {
            return CrossEntropy.mean(
                    logits(features.get(train), batch.examples(), at), batch.labels(), classes);
        }
        if (batch != lastBatch) {
            float[] pooled = encoder.run(batch, PooledText.OUTPUT);
            lastFeatures = new Features(pooled, project(pooled));
            lastBatch = batch;
        }
        int[] rows = IntStream.range(0, batch.size()).toArray();
        return CrossEntropy.mean(logits(lastFeatures, rows, at), batch.labels(), classes);
    }

    @Override
    public Evaluation evaluate(TokenizedSplit split) {
        int[] all = IntStream.range(0, split.size()).toArray();
        int[] labels = Arrays.stream(all).map(split::label).toArray();
        float[] logits = logits(features.get(split), all, head);
        double loss = CrossEntropy.mean(logits, labels, classes);
        ClassCounts counts = new ClassCounts(classes);
        counts.add(logits, labels);
        return Evaluation.of(loss, counts, null);
    }

    @Override
    public float[] classScores(Batch batch) {
        if (encoder == null && askedEncoder == null) {
            askedEncoder = laterEncoder.get();
        }
        ForwardPass pass = encoder == null ? askedEncoder : encoder;
        float[] pooled = pass.run(batch, PooledText.OUTPUT);
        // The directions as they stand: whoever loads a checkpoint puts others in their place.
        float[] directions = subspace == null ? a : subspace.toArray();
        int[] rows = IntStream.range(0, batch.size()).toArray();
        return logits(new Features(pooled, project(pooled, directions)), rows, head);
    }

    private float[] project(float[] pooled) {
        return project(pooled, a);
    }

    private float[] project(float[] pooled, float[] directions) {
        float[] projected = new float[pooled.length / hidden * rank];
        for (int row = 0; row < pooled.length / hidden; row++) {
            for (int k = 0; k < hidden; k++) {
                float x = pooled[row * hidden + k];
                for (int r = 0; r < rank; r++) {
                    projected[row * rank + r] += x * directions[k * rank + r];
                }
            }
        }
        return projected;
    }

    /** Logits of the given rows at a head's present values, shape (rows, classes). */
    private float[] logits(Features texts, int[] rows, Head at) {
        float[] w = at.weight.toArray();
        float[] up = at.b == null ? new float[0] : at.b.toArray();
        float[] logits = new float[rows.length * classes];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < classes; c++) {
                float sum = at.bias.get(c);
                for (int k = 0; k < hidden; k++) {
                    sum += w[c * hidden + k] * texts.pooled[rows[i] * hidden + k];
                }
                for (int r = 0; r < rank; r++) {
                    sum += texts.projected[rows[i] * rank + r] * up[r * classes + c];
                }
                logits[i * classes + c] = sum;
            }
        }
        listener.ran(rows.length, 1, 0);
        return logits;
    }

    @Override
    public void close() {
        for (ForwardPass pass : new ForwardPass[] {encoder, askedEncoder}) {
            if (pass != null) {
                pass.close();
            }
        }
    }
}
