package io.pocketllm.objective;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;

/** What is to be made small: a number for a batch at the parameters as they stand. */
public interface Objective extends AutoCloseable {

    /** Mean loss of a batch, nats, at the parameters' present values. */
    double loss(Batch batch);

    /** Loss and accuracy over a whole split at the parameters' present values. */
    Evaluation evaluate(TokenizedSplit split);

    /**
     * One score for each class of each example of a batch, at the parameters' present values: their
     * softmax is what the model thinks of it.
     *
     * @param batch of any texts, also of such as no split has
     * @return shape (examples, classes), row-major
     * @throws UnsupportedOperationException where examples have no classes
     */
    float[] classScores(Batch batch);

    @Override
    void close();
}
