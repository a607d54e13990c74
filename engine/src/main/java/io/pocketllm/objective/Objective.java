package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;

/** What is to be made small: a number for a batch at the parameters as they stand. */
public interface Objective extends AutoCloseable {

    /** Mean loss of a batch, nats, at the parameters' present values. */
    double loss(Batch batch);

    /** Loss and accuracy over a whole split at the parameters' present values. */
    Evaluation evaluate(TokenizedSplit split);

    @Override
    void close();
}
