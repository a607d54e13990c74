package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.tensor.ParameterStore;

/**
 * Losses at several points at once: every tensor that moves is there in one copy for each point,
 * and one forward pass reads the frozen weights once for all of them (P-RGE, arXiv 2409.15520).
 */
public interface BranchedObjective extends AutoCloseable {

    /**
     * For each tensor that moves one of the same name and shape (points, ...), to be written to.
     */
    ParameterStore copies();

    /** Mean loss of a batch at each of the points, nats. */
    double[] losses(Batch batch);

    @Override
    void close();
}
