package io.pocketllm.run;

import io.pocketllm.data.Batch;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.objective.BranchedObjective;
import io.pocketllm.objective.Evaluation;
import io.pocketllm.objective.Objective;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/**
 * Everything a trainer needs, ready to step: built by {@link TaskBuilder}.
 *
 * @param branched gives the losses of all of a step's points from one forward pass; null where the
 *     parameters walk from point to point
 * @param trainable what moves
 * @param frozenAdapters adapter matrices that were chosen before training and stay: the checkpoint
 *     needs them too
 * @param reference a first-order head on the same frozen features, measured on the validation
 *     split; null where not asked for
 * @param predictor answers questions about texts; null where there are no classes
 * @param model what is trained; closed with the resources
 * @param resources what to close afterwards, in this order
 */
record TrainingTask(
        Dataset dataset,
        TokenizedSplit train,
        TokenizedSplit validation,
        TokenizedSplit test,
        Objective objective,
        BranchedObjective branched,
        ParameterStore trainable,
        List<Tensor> frozenAdapters,
        Evaluation reference,
        Predictor predictor,
        LanguageModel model,
        List<AutoCloseable> resources)
        implements AutoCloseable {

    /**
     * The batch of a step; which tokens it leaves out depends on the run's seed and the step alone.
     */
    Batch trainBatch(int[] examples, double tokenDropout, long seed, int step) {
        return StepExamples.batch(train, examples, tokenDropout, seed, step);
    }

    @Override
    public void close() {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot free what the run held", e);
            }
        }
    }
}
