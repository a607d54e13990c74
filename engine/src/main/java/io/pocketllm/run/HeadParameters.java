package io.pocketllm.run;

import io.pocketllm.model.LinearHead;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.PooledText;
import io.pocketllm.objective.PrincipalDirections;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;

/**
 * The classification head's parameters before the first step.
 *
 * @param weight shape (classes, hidden)
 * @param bias shape (classes); always trained
 * @param subspace the adapter that is searched in place of the weight, or null where the weight
 *     itself moves
 * @param a the adapter's frozen directions, shape (hidden, rank), or null
 * @param b what is searched, shape (rank, classes), or null
 */
record HeadParameters(Tensor weight, Tensor bias, LoraAdapter subspace, Tensor a, Tensor b) {

    /** Half-way between columns of equal length (0) and coordinates of equal size (-1). */
    private static final double EXPONENT = -0.5;

    /** A zero-shot head of which weight and bias move. */
    static HeadParameters whole(
            float[] descriptions, int classes, double scale, ParameterStore trainable) {
        Tensor weight = zeroShot(descriptions, classes, scale, trainable);
        return new HeadParameters(
                weight, trainable.allocate(LinearHead.BIAS, classes), null, null, null);
    }

    /**
     * A zero-shot head whose weight stays, and beside it an adapter inside the span of the pooled
     * training texts.
     *
     * @param pooled shape (rows, hidden)
     * @param rank directions kept; more than there are is cut down
     */
    static HeadParameters inSubspace(
            float[] descriptions,
            int classes,
            double scale,
            float[] pooled,
            int rank,
            ParameterStore frozen,
            ParameterStore trainable) {
        int hidden = descriptions.length / classes;
        Tensor weight = zeroShot(descriptions, classes, scale, frozen);
        PrincipalDirections directions = new PrincipalDirections(hidden);
        for (int from = 0; from < pooled.length; from += hidden) {
            directions.add(pooled, from);
        }
        int kept = Math.min(rank, hidden);
        // alpha = rank: the adapter's scale is 1, the columns carry their own.
        LoraAdapter adapter =
                new LoraAdapter(
                        "classifier.subspace",
                        PooledText.OUTPUT,
                        LinearHead.LOGITS,
                        hidden,
                        classes,
                        kept,
                        kept);
        Tensor a = frozen.allocate(adapter.a(), hidden, kept);
        a.copyFrom(directions.columns(kept, EXPONENT));
        Tensor bias = trainable.allocate(LinearHead.BIAS, classes);
        return new HeadParameters(
                weight, bias, adapter, a, trainable.allocate(adapter.b(), kept, classes));
    }

    /** Each class's weight is the pooled description of its label, scaled. */
    private static Tensor zeroShot(
            float[] descriptions, int classes, double scale, ParameterStore home) {
        Tensor weight = home.allocate(LinearHead.WEIGHT, classes, descriptions.length / classes);
        for (int i = 0; i < descriptions.length; i++) {
            weight.set(i, (float) scale * descriptions[i]);
        }
        return weight;
    }
}
