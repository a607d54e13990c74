package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link FrozenFeatureObjective} at several points: the encoder is asked once for a batch, as it is
 * in place, and every copy of the head reads its answer.
 */
public final class BranchedFrozenFeatures implements BranchedObjective {

    private final FrozenFeatureObjective objective;
    private final ParameterStore copies;
    private final List<FrozenFeatureObjective.Head> heads = new ArrayList<>();

    /**
     * @param objective keeps what does not move; closed by its owner
     * @param copies each moving tensor of the head in shape (points, ...); owned by the caller
     */
    public BranchedFrozenFeatures(
            FrozenFeatureObjective objective, int points, ParameterStore copies) {
        this.objective = objective;
        this.copies = copies;
        for (int i = 0; i < points; i++) {
            FrozenFeatureObjective.Head head = objective.head();
            for (Tensor stacked : copies.tensors()) {
                head = head.with(copy(stacked, i, points));
            }
            heads.add(head);
        }
    }

    private static Tensor copy(Tensor stacked, int i, int points) {
        long[] shape = stacked.shape();
        long bytes = stacked.memory().byteSize() / points;
        return new Tensor(
                stacked.name(),
                java.util.Arrays.copyOfRange(shape, 1, shape.length),
                stacked.memory().asSlice(i * bytes, bytes));
    }

    @Override
    public ParameterStore copies() {
        return copies;
    }

    @Override
    public double[] losses(Batch batch) {
        return heads.stream().mapToDouble(head -> objective.loss(batch, head)).toArray();
    }

    @Override
    public void close() {
        // The features are the objective's, the copies their owner's.
    }
}
