package io.pocketllm.run;

import io.pocketllm.data.Batch;
import io.pocketllm.data.BatchSampler;
import io.pocketllm.data.LengthBuckets;
import io.pocketllm.data.TokenizedSplit;
import java.util.function.IntFunction;

/** What a step of a run sees: decided by the run file's seed and the step alone. */
final class StepExamples {

    private StepExamples() {}

    /** Step, from 1, to the examples it sees. */
    static IntFunction<int[]> of(RunSpec spec, TokenizedSplit train) {
        int batchSize = spec.training().batchSize();
        return spec.training().lengthBucketing()
                ? new LengthBuckets(train.lengths(), batchSize, spec.seed())::batch
                : new BatchSampler(train.size(), batchSize, spec.seed())::batch;
    }

    /** These examples as a batch; which tokens it leaves out depends on seed and step alone. */
    static Batch batch(
            TokenizedSplit train, int[] examples, double tokenDropout, long seed, int step) {
        return tokenDropout == 0
                ? train.batch(examples)
                : train.batchWithDropout(examples, tokenDropout, seed * 0x9E3779B97F4A7C15L + step);
    }
}
