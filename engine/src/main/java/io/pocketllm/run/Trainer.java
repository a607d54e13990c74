package io.pocketllm.run;

import io.pocketllm.data.Batch;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.objective.BranchedObjective;
import io.pocketllm.objective.Evaluation;
import io.pocketllm.tensor.DType;
import io.pocketllm.zo.BranchedLoss;
import io.pocketllm.zo.LinearityProbe;
import io.pocketllm.zo.PassCount;
import io.pocketllm.zo.StepResult;
import io.pocketllm.zo.TrajectoryWriter;
import io.pocketllm.zo.ZerothOrderOptimizer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The training loop: steps, held-out evaluations, commands between steps, and the trajectory. Emits
 * every event of them.
 */
final class Trainer {

    /** Steps between two looks at whether ε is small enough; each costs twelve forward passes. */
    private static final int PROBE_EVERY = 500;

    /** Late enough not to hold up the first steps. */
    private static final int FIRST_PROBE = 50;

    private final RunFile file;
    private final RunSpec spec;
    private final TrainingTask task;
    private final RunControl control;
    private final Stopwatch clock;
    private final Consumer<Event> events;
    private final TrainingPhone phone;
    private final TrainingGuard guard;
    private final LivePredictions predictions;
    private double startAccuracy = Double.NaN;
    private Evaluation last;
    private int evaluatedAt = -1;

    /** Makes an update that waits for the next step; before anything reads the parameters. */
    private Runnable settle = () -> {};

    /** What the optimiser's own passes did since this was last asked. */
    private Supplier<PassCount> passes = () -> PassCount.NONE;

    Trainer(
            RunFile file,
            RunFolder folder,
            TrainingTask task,
            RunControl control,
            Stopwatch clock,
            Consumer<Event> events,
            TrainingPhone phone) {
        this.file = file;
        this.spec = file.spec();
        this.task = task;
        this.control = control;
        this.clock = clock;
        this.events = events;
        this.phone = phone;
        this.guard = new TrainingGuard(spec.method());
        this.predictions = new LivePredictions(folder, task);
    }

    /**
     * Trains to the planned end, a stop, or divergence.
     *
     * @param trajectory gets every step that was applied
     * @param stepsDone steps that were taken before
     * @param accuracyBefore held-out accuracy before the first step; NaN where it is still to be
     *     measured or not known
     * @return the last event, not yet emitted, so that the caller can save first
     * @throws RunFileException where the model gives no finite loss before the first step
     */
    Event train(
            ZerothOrderOptimizer optimizer,
            TrajectoryWriter trajectory,
            int stepsDone,
            double accuracyBefore)
            throws IOException, RunFileException {
        this.settle = optimizer::settle;
        this.passes = optimizer::takePasses;
        try {
            return trainOn(optimizer, trajectory, stepsDone, accuracyBefore);
        } finally {
            optimizer.settle();
        }
    }

    private Event trainOn(
            ZerothOrderOptimizer optimizer,
            TrajectoryWriter trajectory,
            int stepsDone,
            double accuracyBefore)
            throws IOException, RunFileException {
        phone.prepared(stepsDone, passes.get());
        phone.begin();
        evaluate(stepsDone);
        if (stepsDone == 0) {
            FiniteStart.requireLoss(file, task.model(), last.loss());
        }
        startAccuracy = stepsDone == 0 ? last.accuracy() : accuracyBefore;
        IntFunction<int[]> sampler = StepExamples.of(spec, task.train());
        int done = stepsDone;
        while (done < spec.training().steps()) {
            do {
                obey(done);
            } while (!control.isStopped() && phone.waitUntilAllowed(done));
            if (control.isStopped()) {
                break;
            }
            int step = done + 1;
            long begin = System.nanoTime();
            Batch batch =
                    task.trainBatch(
                            sampler.apply(step), spec.data().tokenDropout(), spec.seed(), step);
            StepResult result = step(optimizer, step, batch);
            if (!result.isFinite()) {
                return diverged(
                        step, "loss+ " + result.lossPlus() + ", loss- " + result.lossMinus());
            }
            trajectory.append(result);
            double millis = (System.nanoTime() - begin) / 1e6;
            emitStep(result, batch, millis, phone.stepped(step, passes.get()));
            phone.tell(step);
            done = step;
            Optional<TrainingGuard.Finding> finding = guard.after(result);
            if (finding.isPresent() && finding.get().ends()) {
                return new Event.Diverged(
                        clock.elapsedMillis(), step, finding.get().message(), finding.get().hint());
            }
            finding.ifPresent(this::warn);
            if (step % PROBE_EVERY == FIRST_PROBE) {
                probeLinearity(step, batch);
                phone.worked(step, passes.get());
            }
            if (done % spec.training().evaluateEvery() == 0) {
                evaluate(done);
            }
        }
        if (evaluatedAt != done) {
            evaluate(done);
        }
        if (!Double.isFinite(last.loss())) {
            return diverged(done, "held-out loss " + last.loss());
        }
        answer(done);
        Evaluation test = evaluation(done, "test", task.test());
        return phone.complete(
                new Event.Finished(
                        clock.elapsedMillis(),
                        done,
                        control.isStopped() && done < spec.training().steps(),
                        last.loss(),
                        last.accuracy(),
                        Double.isNaN(startAccuracy) ? null : startAccuracy,
                        test.accuracy(),
                        0));
    }

    private StepResult step(ZerothOrderOptimizer optimizer, int step, Batch batch) {
        BranchedObjective branched = task.branched();
        return branched == null
                ? optimizer.stepAhead(step, learningRate(step), () -> task.objective().loss(batch))
                : optimizer.step(
                        step,
                        learningRate(step),
                        new BranchedLoss(branched.copies(), () -> branched.losses(batch)));
    }

    /**
     * Skipped where a copy of what moves would be a large part of a phone's memory, and around
     * halves, which the probe would round.
     */
    private void probeLinearity(int step, Batch batch) {
        boolean small = 4 * task.trainable().elements() <= StartValues.MAX_BYTES;
        boolean wide =
                task.trainable().tensors().stream().allMatch(tensor -> tensor.dtype() == DType.F32);
        if (small && wide) {
            settle.run();
            guard.after(
                            LinearityProbe.measure(
                                    task.trainable(),
                                    spec.method(),
                                    spec.seed(),
                                    step,
                                    () -> task.objective().loss(batch)))
                    .ifPresent(this::warn);
        }
    }

    private void warn(TrainingGuard.Finding finding) {
        events.accept(new Event.Warning(clock.elapsedMillis(), finding.message(), finding.hint()));
    }

    private double learningRate(int step) {
        RunSpec.Training training = spec.training();
        return training.schedule().at(spec.method().learningRate(), step, training.steps());
    }

    private void obey(int done) {
        if (control.isPaused()) {
            events.accept(new Event.Paused(clock.elapsedMillis(), done));
            long begin = System.nanoTime();
            while (control.isPaused()) {
                control.awaitChange();
                if (control.takeEvaluate()) {
                    evaluate(done);
                }
                answer(done);
            }
            phone.rested(done, (System.nanoTime() - begin) / 1e6);
            if (!control.isStopped()) {
                events.accept(new Event.Resumed(clock.elapsedMillis(), done));
            }
        }
        if (control.takeEvaluate()) {
            evaluate(done);
        }
        answer(done);
    }

    /** Answers what was asked about texts since the last step. */
    private void answer(int done) {
        for (TextQuestion asked = control.takeQuestion();
                asked != null;
                asked = control.takeQuestion()) {
            settle.run();
            events.accept(predictions.answer(clock.elapsedMillis(), asked, done));
        }
    }

    private void evaluate(int step) {
        last = evaluation(step, "validation", task.validation());
        evaluatedAt = step;
    }

    private Evaluation evaluation(int step, String split, TokenizedSplit examples) {
        settle.run();
        Evaluation result = task.objective().evaluate(examples);
        phone.worked(step, passes.get());
        events.accept(
                new Event.Evaluated(
                        clock.elapsedMillis(),
                        step,
                        split,
                        result.loss(),
                        result.accuracy(),
                        result.examples(),
                        result.macroF1(),
                        result.perplexity()));
        return result;
    }

    private void emitStep(StepResult result, Batch batch, double millis, Double phoneMillis) {
        Runtime runtime = Runtime.getRuntime();
        events.accept(
                new Event.Step(
                        clock.elapsedMillis(),
                        result.step(),
                        result.lossPlus(),
                        result.lossMinus(),
                        result.projectedGradient(),
                        result.learningRate(),
                        millis,
                        phoneMillis,
                        batch.tokens(),
                        runtime.totalMemory() - runtime.freeMemory()));
    }

    private Event diverged(int step, String losses) {
        return new Event.Diverged(
                clock.elapsedMillis(),
                step,
                "The loss is no finite number at step " + step + " (" + losses + ").",
                "Lower method.learningRate (by ten, to begin with) or method.perturbationScale, and run again.");
    }
}
