package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.tensor.Tensor;
import java.util.Map;

/**
 * Classification by a linear head over pooled texts that were computed once. While only the head moves, the encoder's answer to a
 * text never changes, so asking it again at each step would buy nothing.
 *
 * <p>{@code logits = x · weightᵀ + bias + (x · A) · B}, the last term only where a subspace is searched; the same head as
 * {@code LinearHead} and {@code LoraAdapter} add to a graph.
 */
public final class FrozenFeatureObjective implements Objective {

    private final Map<TokenizedSplit, float[]> features;
    private final float[] train;
    private final Tensor weight;
    private final Tensor bias;
    private final Tensor a;
    private final Tensor b;

    /**
     * @param features pooled texts of each split, shape (examples, hidden)
     * @param train the split that batches are cut from
     * @param weight shape (classes, hidden)
     * @param bias shape (classes)
     * @param a shape (hidden, rank), or null
     * @param b shape (rank, classes), or null with {@code a}
     */
    public FrozenFeatureObjective(
            Map<TokenizedSplit, float[]> features,
            TokenizedSplit train,
            Tensor weight,
            Tensor bias,
            Tensor a,
            Tensor b) {
        this.features = Map.copyOf(features);
        this.train = features.get(train);
        this.weight = weight;
        this.bias = bias;
        this.a = a;
        this.b = b;
    }

    @Override
    public double loss(Batch batch) {
        return CrossEntropy.mean(logits(train, batch.examples()), batch.labels(), classes());
    }

    @Override
    public Evaluation evaluate(TokenizedSplit split) {
        int[] all = java.util.stream.IntStream.range(0, split.size()).toArray();
        int[] labels = java.util.Arrays.stream(all).map(split::label).toArray();
        float[] logits = logits(features.get(split), all);
        double loss = CrossEntropy.mean(logits, labels, classes());
        double accuracy = (double) CrossEntropy.correct(logits, labels, classes()) / all.length;
        return new Evaluation(loss, accuracy, all.length);
    }

    private int classes() {
        return Math.toIntExact(bias.elements());
    }

    private float[] logits(float[] rows, int[] examples) {
        int classes = classes();
        int hidden = (int) weight.shape()[1];
        float[] effective = effectiveWeight(classes, hidden);
        float[] logits = new float[examples.length * classes];
        for (int row = 0; row < examples.length; row++) {
            int from = examples[row] * hidden;
            for (int c = 0; c < classes; c++) {
                float sum = bias.get(c);
                for (int k = 0; k < hidden; k++) {
                    sum += effective[c * hidden + k] * rows[from + k];
                }
                logits[row * classes + c] = sum;
            }
        }
        return logits;
    }

    /** weight + (A · B)ᵀ. */
    private float[] effectiveWeight(int classes, int hidden) {
        float[] effective = weight.toArray();
        if (a != null) {
            int rank = (int) a.shape()[1];
            for (int c = 0; c < classes; c++) {
                for (int k = 0; k < hidden; k++) {
                    float sum = 0;
                    for (int r = 0; r < rank; r++) {
                        sum += a.get((long) k * rank + r) * b.get((long) r * classes + c);
                    }
                    effective[c * hidden + k] += sum;
                }
            }
        }
        return effective;
    }

    @Override
    public void close() {
        // Owns nothing outside the heap.
    }
}
