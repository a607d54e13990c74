package io.pocketllm.run;

import io.pocketllm.data.DataFormat;
import io.pocketllm.data.PromptTemplate;
import io.pocketllm.data.RowShape;
import io.pocketllm.data.Sampling;
import io.pocketllm.data.TaskPreset;
import io.pocketllm.device.PhoneConditions;
import io.pocketllm.device.ThermalSettings;
import io.pocketllm.forward.ForwardOptions;
import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.zo.LearningRateSchedule;
import io.pocketllm.zo.MethodSpec;
import java.util.Map;

/**
 * All that decides a run's result, as read and checked by {@link RunFile}.
 *
 * @param name what people call the run
 * @param labels class name to its description in words, in the order of the logits
 * @param logitScale factor on the cosine between a pooled text and a class vector, so that the
 *     softmax is neither flat nor hard
 * @param seed decides batches and noise
 */
public record RunSpec(
        int version,
        String name,
        Model model,
        Data data,
        Objective objective,
        MethodSpec method,
        Training training,
        Device device,
        long seed) {

    /** With no name and seed 0: equal for runs that differ in no more. */
    public RunSpec butSeed() {
        Data sampled =
                new Data(
                        data.path(),
                        data.files(),
                        data.splits(),
                        data.format(),
                        data.shape(),
                        data.sampling().withSeed(0),
                        data.skipBadLines(),
                        data.maxTokens(),
                        data.tokenDropout());
        return new RunSpec(version, "", model, sampled, objective, method, training, device, 0);
    }

    /**
     * @param path an ONNX file, a Hugging Face folder, or {@code builtin:NAME}
     * @param base how the large frozen matrices are kept
     */
    public record Model(String path, BaseSpec base) {}

    /**
     * @param path a folder with a file for each part, one file, or {@code builtin:NAME}; null where
     *     {@code files} names them
     * @param files a file for each part, or null
     * @param splits the shares that parts of one file get, or null for the usual ones
     * @param format null to go by the files' names
     * @param shape what each record has to give, and in which columns
     * @param sampling how many examples are kept
     * @param skipBadLines whether unusable lines are counted and passed over
     * @param maxTokens texts are cut until a row has at most this many tokens
     * @param tokenDropout chance of each training token to be left out, anew at each reading; 0 for
     *     none
     */
    public record Data(
            String path,
            DataFiles files,
            DataSplits splits,
            DataFormat format,
            RowShape shape,
            Sampling sampling,
            boolean skipBadLines,
            int maxTokens,
            double tokenDropout) {}

    /**
     * @param test null for none
     */
    public record DataFiles(String train, String validation, String test) {}

    /**
     * @param validation share of the validation part
     * @param test share of the test part; 0 for none
     */
    public record DataSplits(double validation, double test) {}

    /**
     * @param kind what the loss is measured on
     * @param labels class name to its description, word or answer, in the order of the logits;
     *     empty for generation
     * @param logitScale factor on the cosine between text and class vector
     * @param template the prompt; null for a class head
     * @param preset where labels, template and columns come from unless the run file says
     *     otherwise; null for none
     */
    public record Objective(
            ObjectiveKind kind,
            Map<String, String> labels,
            double logitScale,
            PromptTemplate template,
            TaskPreset preset) {}

    /**
     * @param steps optimiser steps
     * @param batchSize examples a step
     * @param evaluateEvery held-out evaluation every this many steps; step 0 and the last always
     * @param reference whether to measure a first-order head on the same frozen features, to show
     *     beside the run
     * @param noiseThreads threads that draw noise, or null for as many as the forward passes have;
     *     the result does not depend on it
     * @param schedule how the step size changes over the run
     * @param lengthBucketing whether a step's texts are of similar length
     * @param memoryProfile memory against time
     * @param microBatch examples that are computed at once, or null for the whole batch
     */
    public record Training(
            int steps,
            int batchSize,
            int evaluateEvery,
            boolean reference,
            Integer noiseThreads,
            LearningRateSchedule schedule,
            boolean lengthBucketing,
            MemoryProfile memoryProfile,
            Integer microBatch) {

        /** How forward passes run with so many threads. */
        ForwardOptions forwardOptions(int threads) {
            return new ForwardOptions(threads, memoryProfile, microBatch == null ? 0 : microBatch);
        }

        /** Threads that draw noise where forward passes have so many. */
        public int noiseThreads(int forwardThreads) {
            return noiseThreads == null ? forwardThreads : noiseThreads;
        }
    }

    /**
     * @param profile a device id, a profile file, or {@code none} for no limits
     * @param budgetBytes memory limit, or null for the profile's own
     * @param threads threads of the forward passes, or null for the profile's own
     * @param simulate whether the phone's clock, heat and battery are worked out
     * @param realTime whether the run is as slow as it would be on the phone
     * @param trainWhen whether heat or a missing charger pause the run
     * @param surroundings where the phone lies, and on what power
     * @param conditions what else goes on on the phone, and how its killer acts
     */
    public record Device(
            String profile,
            Long budgetBytes,
            Integer threads,
            boolean simulate,
            boolean realTime,
            TrainWhen trainWhen,
            ThermalSettings surroundings,
            PhoneConditions conditions) {

        /** An idle phone in a room that trains always. */
        public Device(String profile, Long budgetBytes, Integer threads) {
            this(
                    profile,
                    budgetBytes,
                    threads,
                    true,
                    false,
                    TrainWhen.ALWAYS,
                    ThermalSettings.ROOM,
                    PhoneConditions.IDLE);
        }
    }
}
