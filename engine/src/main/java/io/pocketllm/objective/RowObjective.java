package io.pocketllm.objective;

import io.pocketllm.data.Batch;

/** An objective whose loss is read from the rows of one output of a forward pass. */
public interface RowObjective extends Objective {

    /** Name of that output. */
    String lossOutput();

    /**
     * Mean loss of a batch, nats.
     *
     * @param rows what {@link #lossOutput} gives for the batch, row-major
     */
    double loss(Batch batch, float[] rows);
}
