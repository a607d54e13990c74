package io.pocketllm.plan;

import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.ModelInfo;
import io.pocketllm.zo.MethodSpec;
import java.util.Objects;

/**
 * What decides a run's memory.
 *
 * @param model the model's sizes, and how it is stored
 * @param base how its frozen matrices are kept
 * @param method what moves and what is remembered about it
 * @param ending how the loss is read from hidden states
 * @param batchRows rows of a training batch: examples times rows an example
 * @param otherRows rows of what else passes the model, such as an evaluation; 0 for nothing
 * @param microRows rows that are computed at once; 0 for a whole batch
 * @param length tokens of the longest row
 * @param answerTokens predictions that count, of each row; 0 where words are not scored
 * @param profile memory against time
 */
public record PlanRequest(
        ModelInfo model,
        BaseSpec base,
        MethodSpec method,
        Ending ending,
        int batchRows,
        int otherRows,
        int microRows,
        int length,
        int answerTokens,
        MemoryProfile profile) {

    /** How hidden states become a loss. */
    public enum Ending {
        /** A linear head over the pooled text. */
        POOLED,
        /** Some words' scores at one place a row. */
        LABEL_WORDS,
        /** The whole vocabulary's scores at each of the answer's places. */
        ANSWER
    }

    /**
     * @throws IllegalArgumentException where a size is not positive
     */
    public PlanRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(base);
        Objects.requireNonNull(method);
        Objects.requireNonNull(ending);
        Objects.requireNonNull(profile);
        if (batchRows < 1 || length < 1 || otherRows < 0 || microRows < 0 || answerTokens < 0) {
            throw new IllegalArgumentException(
                    "a plan for " + batchRows + " rows of " + length + " tokens");
        }
    }

    /** The same with another training batch. */
    public PlanRequest withBatchRows(int rows) {
        return new PlanRequest(
                model,
                base,
                method,
                ending,
                rows,
                otherRows,
                microRows,
                length,
                answerTokens,
                profile);
    }

    /** The same with rows of another length. */
    public PlanRequest withLength(int tokens) {
        return new PlanRequest(
                model,
                base,
                method,
                ending,
                batchRows,
                otherRows,
                microRows,
                tokens,
                Math.min(answerTokens, tokens),
                profile);
    }

    /** The same with another base and method. */
    public PlanRequest with(BaseSpec otherBase, MethodSpec otherMethod) {
        return new PlanRequest(
                model,
                otherBase,
                otherMethod,
                ending,
                batchRows,
                otherRows,
                microRows,
                length,
                answerTokens,
                profile);
    }

    /** Rows that the graph meets at once at most. */
    long rowsAtOnce() {
        long training = microRows == 0 ? batchRows : Math.min(batchRows, microRows);
        long other = microRows == 0 ? otherRows : Math.min(otherRows, microRows);
        // One pass over copies holds a step's rows once for each point.
        return Math.max(method.inGraph() ? training * method.probes() : training, other);
    }
}
