package io.pocketllm.run;

import io.pocketllm.data.Batch;
import io.pocketllm.data.BatchSampler;
import io.pocketllm.forward.NativeLibraries;
import io.pocketllm.objective.BranchedObjective;
import io.pocketllm.tensor.Snapshot;
import io.pocketllm.zo.BranchedLoss;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.StepResult;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks for a step size: a few steps at each of several, every time from the same start values and
 * over the same batches and noise, judged by the loss on training batches that none of them saw.
 * Forward passes only.
 */
public final class LearningRateFinder {

    /** Batches of the training data on which a step size is judged. */
    private static final int JUDGING_BATCHES = 4;

    private final RunFile file;
    private final Path cache;
    private final int steps;

    /**
     * How one step size did.
     *
     * @param learningRate η
     * @param lossBefore mean loss of the judging batches at the start values, nats
     * @param lossAfter the same after the steps; NaN where a loss was no number on the way
     */
    public record Trial(double learningRate, double lossBefore, double lossAfter) {

        /** How far the loss fell; −∞ where it left the numbers. */
        public double gain() {
            return Double.isFinite(lossAfter) ? lossBefore - lossAfter : Double.NEGATIVE_INFINITY;
        }
    }

    /**
     * @param file the run to tune
     * @param cache folder the default model is unpacked to
     * @param steps steps at each step size
     */
    public LearningRateFinder(RunFile file, Path cache, int steps) {
        this.file = file;
        this.cache = cache;
        this.steps = steps;
    }

    /** Step sizes evenly spread in their logarithm, each about three times the one before. */
    public static List<Double> around(double learningRate) {
        double middle = learningRate > 0 ? learningRate : 1e-3;
        List<Double> rates = new ArrayList<>();
        for (int half = -4; half <= 4; half++) {
            rates.add(rounded(middle * Math.pow(10, half / 2.0)));
        }
        return rates;
    }

    /** Two digits, as a person would type them. */
    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(2)).doubleValue();
    }

    /**
     * Tries each.
     *
     * @param listener told each trial as it ends
     * @throws RunFileException where what the run file names cannot be used
     */
    public List<Trial> sweep(List<Double> learningRates, Consumer<Trial> listener)
            throws RunFileException, IOException {
        NativeLibraries.prepare(cache);
        int threads = RunInputs.threads(file, RunInputs.device(file));
        List<Trial> trials = new ArrayList<>();
        try (TrainingTask task = new TaskBuilder(file, threads, (p, f) -> {}).build(cache);
                Snapshot start = new Snapshot(task.trainable())) {
            BatchSampler sampler =
                    new BatchSampler(
                            task.train().size(),
                            file.spec().training().batchSize(),
                            file.spec().seed());
            double before = judge(task, sampler);
            FiniteStart.requireLoss(file, task.model(), before);
            for (double learningRate : learningRates) {
                boolean finite = train(task, sampler, learningRate);
                Trial trial =
                        new Trial(learningRate, before, finite ? judge(task, sampler) : Double.NaN);
                start.restore();
                trials.add(trial);
                listener.accept(trial);
            }
        }
        return trials;
    }

    /** The step size whose loss fell furthest; empty where none made it fall. */
    public static Optional<Trial> best(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.gain() > 0)
                .max(Comparator.comparingDouble(Trial::gain));
    }

    private boolean train(TrainingTask task, BatchSampler sampler, double learningRate) {
        MethodSpec method = file.spec().method().with(MethodSetting.LEARNING_RATE, learningRate);
        try (ZerothOrderOptimizer optimizer =
                new ZerothOrderOptimizer(
                        task.trainable(),
                        method,
                        file.spec().seed(),
                        file.spec().training().noiseThreads(1))) {
            for (int step = 1; step <= steps; step++) {
                Batch batch = batch(task, sampler, step);
                BranchedObjective branched = task.branched();
                StepResult result =
                        branched == null
                                ? optimizer.step(step, () -> task.objective().loss(batch))
                                : optimizer.step(
                                        step,
                                        learningRate,
                                        new BranchedLoss(
                                                branched.copies(), () -> branched.losses(batch)));
                if (!result.isFinite()) {
                    return false;
                }
            }
            return true;
        }
    }

    private double judge(TrainingTask task, BatchSampler sampler) {
        double sum = 0;
        for (int i = 1; i <= JUDGING_BATCHES; i++) {
            sum += task.objective().loss(batch(task, sampler, steps + i)) / JUDGING_BATCHES;
        }
        return sum;
    }

    private Batch batch(TrainingTask task, BatchSampler sampler, int step) {
        RunSpec spec = file.spec();
        return task.trainBatch(sampler.batch(step), spec.data().tokenDropout(), spec.seed(), step);
    }
}
