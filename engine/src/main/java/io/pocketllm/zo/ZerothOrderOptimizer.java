package io.pocketllm.zo;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Trains with forward passes only. Its plain form is MeZO (Malladi et al., arXiv 2305.17333) with
 * its four functions: perturb ({@link Walk}), forward (given by the caller), {@link #step} and
 * update ({@link UpdateRule}). A gradient is never computed and a direction never stored: z is
 * drawn again from its seed at each pass.
 *
 * <pre>
 *   θ += ε z;  ℓ₊ = L(θ);   θ −= 2ε z;  ℓ₋ = L(θ);
 *   g = (ℓ₊ − ℓ₋) / 2ε;     θ = (1 − ηλ)(θ + ε z) − η g z, in one pass
 *   λ = 0 for biases and normalisation weights
 * </pre>
 *
 * <p>Other methods put another {@link DirectionSampler}, {@link SlopeEstimator} or {@link
 * UpdateRule} in its place. The result depends on the seed, the steps, the step sizes and the
 * slopes alone, never on the number of noise threads; so {@link #replay} rebuilds it from those.
 */
public final class ZerothOrderOptimizer implements AutoCloseable {

    private final ParameterStore parameters;
    private final List<Tensor> tensors;
    private final MethodSpec method;
    private final TilePool pool;
    private final DirectionSampler directions;
    private final SlopeEstimator estimator;
    private final List<Point> points;
    private final UpdateRule rule;
    private final Walk walk;

    /** Of passes that are not the walk's. */
    private PassCount others = PassCount.NONE;

    /** Whether updates may wait for the next step's first move. */
    private boolean ahead;

    /**
     * @param parameters what moves; fp32 is changed in place, around halves the store's feed is
     *     lent until this is closed
     * @param noiseThreads threads that draw noise
     * @throws IllegalArgumentException where the method's choices do not go together
     */
    public ZerothOrderOptimizer(
            ParameterStore parameters, MethodSpec method, long seed, int noiseThreads) {
        this(parameters, method, noiseThreads, MethodParts.noise(method, seed), seed);
    }

    /** The same with noise of the caller's own. */
    ZerothOrderOptimizer(
            ParameterStore parameters, MethodSpec method, int noiseThreads, NoiseSource noise) {
        this(parameters, method, noiseThreads, noise, 0);
    }

    private ZerothOrderOptimizer(
            ParameterStore parameters,
            MethodSpec method,
            int noiseThreads,
            NoiseSource noise,
            long roundingSeed) {
        MethodRules.check(method)
                .ifPresent(
                        refusal -> {
                            throw new IllegalArgumentException(
                                    refusal.key() + ": " + refusal.problem());
                        });
        this.parameters = parameters;
        this.tensors = List.copyOf(parameters.tensors());
        this.method = method;
        this.pool = new TilePool(noiseThreads);
        this.directions = MethodParts.directions(method, noise, tensors, pool);
        this.estimator = SlopeEstimator.of(method);
        this.points = estimator.points();
        this.rule = MethodParts.rule(method, directions, tensors);
        boolean halves = tensors.stream().anyMatch(tensor -> tensor.dtype() != DType.F32);
        if (halves && !method.movesHalves()) {
            close();
            throw new IllegalArgumentException(
                    method.describe() + " moves fp32 tensors only, and some hold halves");
        }
        this.walk =
                halves
                        ? new StreamedWalk(parameters, directions, pool, roundingSeed)
                        : new InPlaceWalk(tensors, directions, pool);
    }

    /**
     * One step.
     *
     * @param step number of the step, 1 for the first; it decides the noise
     * @param loss the forward pass: the loss at the parameters as they stand
     * @return what was measured; where a loss is not finite the parameters are restored and not
     *     updated
     */
    public StepResult step(int step, DoubleSupplier loss) {
        return step(step, method.learningRate(), loss);
    }

    /** The same with a step size of its own, for schedules. */
    public StepResult step(int step, double learningRate, DoubleSupplier loss) {
        StepResult result = stepAhead(step, learningRate, loss);
        settle();
        return result;
    }

    /**
     * The same, but the update may wait for the next step, whose first move then shares its pass
     * over the memory: two passes a step where {@link #step} makes three, to the same bits. Whoever
     * reads the parameters in between calls {@link #settle} first.
     */
    public StepResult stepAhead(int step, double learningRate, DoubleSupplier loss) {
        ahead = true;
        try {
            return walkAndUpdate(step, learningRate, loss);
        } finally {
            ahead = false;
        }
    }

    /** Makes an update that waits; the parameters are then those after the last step. */
    public void settle() {
        walk.settle();
    }

    private StepResult walkAndUpdate(int step, double learningRate, DoubleSupplier loss) {
        begin(step);
        double[] losses = new double[points.size()];
        for (int i = 0; i < losses.length; i++) {
            walk.to(points.get(i));
            losses[i] = loss.getAsDouble();
        }
        return finish(step, learningRate, losses, loss);
    }

    /**
     * The same from one forward pass over copies of the parameters, which themselves move only when
     * they are updated.
     */
    public StepResult step(int step, double learningRate, BranchedLoss branches) {
        settle();
        begin(step);
        BranchCopies.write(tensors, branches.copies(), points, directions, pool);
        long drawn = points.stream().filter(point -> !point.isBase()).count();
        count(drawn, 2.0 * points.size(), points.size());
        return finish(step, learningRate, branches.losses().get(), null);
    }

    /**
     * Takes a step again from what it measured: the same moves in the same order, without a loss.
     *
     * @param taken a step that was finite; steps have to be replayed in order from the first
     * @param inGraph whether its probes were copies in a graph, so that the parameters did not walk
     */
    public void replay(StepResult taken, boolean inGraph) {
        begin(taken.step());
        if (!inGraph) {
            points.forEach(walk::to);
        }
        update(taken.slopes(), taken.learningRate(), new Choice.Known(taken.chosen()));
    }

    private void begin(int step) {
        directions.begin(step);
        if (walk instanceof StreamedWalk streamed) {
            streamed.begin(step);
        }
        if (rule instanceof UpdateRule.Buffered buffered) {
            buffered.begin(step);
        }
    }

    private StepResult finish(int step, double learningRate, double[] losses, DoubleSupplier loss) {
        SlopeEstimator.Measured measured = estimator.measure(losses);
        StepResult result =
                new StepResult(
                        step,
                        measured.plus(),
                        measured.minus(),
                        clipped(measured.slopes()),
                        (float) learningRate);
        if (!result.isFinite()) {
            walk.to(Point.BASE);
            return result;
        }
        float chosen = update(result.slopes(), result.learningRate(), new Choice.Lowest(loss));
        return chosen == 1
                ? result
                : new StepResult(
                        step,
                        result.lossPlus(),
                        result.lossMinus(),
                        result.slopes(),
                        result.learningRate(),
                        chosen);
    }

    /** Cut to ± {@link MethodSetting#SLOPE_CLIP}; what is no number stays none. */
    private float[] clipped(float[] slopes) {
        float bound = (float) method.value(MethodSetting.SLOPE_CLIP);
        if (bound > 0) {
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = Math.max(-bound, Math.min(bound, slopes[i]));
            }
        }
        return slopes;
    }

    /** A step that would turn a block's numbers around leaves them at 0. */
    private void keepScalesPositive() {
        for (Tensor tensor : tensors) {
            if (MethodSpec.isScales(tensor.name())) {
                pool.forEachTile(
                        tensor.elements(),
                        (from, to) -> {
                            for (long i = from; i < to; i++) {
                                if (tensor.get(i) < 0) {
                                    tensor.set(i, 0);
                                }
                            }
                        });
            }
        }
    }

    /** Restores and updates. */
    private float update(float[] slopes, float learningRate, Choice choice) {
        double decay = learningRate * method.weightDecay();
        float chosen = 1;
        switch (rule) {
            case UpdateRule.Linear linear -> {
                float[] a = linear.coefficients(slopes, learningRate);
                if (method.update() == MethodSpec.Update.CONSERVATIVE) {
                    chosen = choice.between(walk, a);
                } else if (ahead && method.space() != MethodSpec.Space.SCALES) {
                    walk.updateLater(a, decay);
                } else {
                    walk.update(a, decay);
                }
            }
            case UpdateRule.Buffered buffered -> {
                walk.to(Point.BASE);
                buffered.learn(slopes);
                // A running mean goes through memory beside the parameters.
                count(slopes.length, 2, 1);
                for (int t = 0; t < tensors.size(); t++) {
                    int place = t;
                    float keep = Walk.keep(tensors.get(t), decay);
                    pool.forEachTile(
                            tensors.get(t).elements(),
                            (from, to) ->
                                    buffered.move(place, slopes, learningRate, keep, from, to));
                }
            }
        }
        if (method.space() == MethodSpec.Space.SCALES) {
            keepScalesPositive();
            count(0, 1, 1);
        }
        directions.learn(slopes);
        return chosen;
    }

    /** MeZO decays neither biases nor normalisation weights. */
    static boolean decays(Tensor tensor) {
        return MethodSpec.decays(tensor.name());
    }

    /** At how many points a step asks for the loss before it updates. */
    public int points() {
        return points.size();
    }

    /** What the passes over the parameters did since this was last asked. */
    public PassCount takePasses() {
        PassCount walked = walk.takeCount();
        PassCount all = others.plus(walked.drawn(), walked.moved(), walked.passes());
        others = PassCount.NONE;
        return all;
    }

    private void count(double drawn, double moved, int passes) {
        double elements = trainableParameters();
        others = others.plus(drawn * elements, moved * elements, passes);
    }

    /** How many numbers move. */
    public long trainableParameters() {
        return parameters.elements();
    }

    @Override
    public void close() {
        if (walk != null) {
            walk.close();
        }
        pool.close();
        directions.close();
        rule.close();
    }
}
