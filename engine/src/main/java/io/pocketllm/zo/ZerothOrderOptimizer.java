package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * MeZO (Malladi et al., arXiv 2305.17333) with its four functions: {@link #perturb}, forward (given
 * by the caller), {@link #step} and {@link #update}. A gradient is never computed and a direction
 * never stored: z is drawn again from its seed at each pass.
 *
 * <pre>
 *   θ += ε z;  ℓ₊ = L(θ);   θ −= 2ε z;  ℓ₋ = L(θ);   θ += ε z
 *   g = (ℓ₊ − ℓ₋) / 2ε;     θ −= η (g z + λ θ)        λ = 0 for biases and normalisation weights
 * </pre>
 *
 * <p>With several directions a step measures one slope along each, and the update uses their mean.
 * The result depends on the seed, the steps and the losses alone, never on the number of noise
 * threads.
 */
public final class ZerothOrderOptimizer implements AutoCloseable {

    private final ParameterStore parameters;
    private final List<Tensor> tensors;
    private final MethodSpec method;
    private final long seed;
    private final TilePool pool;
    private final List<float[]> momentum;

    /**
     * @param parameters what moves; changed in place
     * @param noiseThreads threads that draw noise
     */
    public ZerothOrderOptimizer(
            ParameterStore parameters, MethodSpec method, long seed, int noiseThreads) {
        this.parameters = parameters;
        this.tensors = List.copyOf(parameters.tensors());
        this.method = method;
        this.seed = seed;
        this.pool = new TilePool(noiseThreads);
        this.momentum = method.update() == MethodSpec.Update.MOMENTUM ? zeros(tensors) : List.of();
    }

    private static List<float[]> zeros(List<Tensor> tensors) {
        List<float[]> zeros = new ArrayList<>();
        for (Tensor tensor : tensors) {
            zeros.add(new float[Math.toIntExact(tensor.elements())]);
        }
        return zeros;
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
        int directions = method.directions();
        float epsilon = (float) method.perturbationScale();
        float[] slopes = new float[directions];
        double plus = 0;
        double minus = 0;
        for (int d = 0; d < directions; d++) {
            perturb(step, d, epsilon);
            double lossPlus = loss.getAsDouble();
            perturb(step, d, -2 * epsilon);
            double lossMinus = loss.getAsDouble();
            perturb(step, d, epsilon);
            plus += lossPlus / directions;
            minus += lossMinus / directions;
            slopes[d] = (float) ((lossPlus - lossMinus) / (2.0 * epsilon));
        }
        StepResult result = new StepResult(step, plus, minus, slopes, (float) learningRate);
        if (result.isFinite()) {
            update(step, slopes, result.learningRate());
        }
        return result;
    }

    /** θ += scale · z for the direction {@code d} of this step. */
    void perturb(int step, int d, float scale) {
        pool.forEachTile(
                tensors, (t, from, to) -> noise(step, d, t).addTo(tensors.get(t), scale, from, to));
    }

    /** θ −= η (mean of g z + λ θ), or the same with a running mean in place of g z. */
    void update(int step, float[] slopes, float learningRate) {
        for (int t = 0; t < tensors.size(); t++) {
            Tensor tensor = tensors.get(t);
            if (method.weightDecay() > 0 && decays(tensor)) {
                float keep = (float) (1 - learningRate * method.weightDecay());
                pool.forEachTile(
                        tensor.elements(),
                        (from, to) -> {
                            for (long i = from; i < to; i++) {
                                tensor.set(i, tensor.get(i) * keep);
                            }
                        });
            }
            if (method.update() == MethodSpec.Update.MOMENTUM) {
                moveByMomentum(step, slopes, learningRate, t);
            } else {
                for (int d = 0; d < slopes.length; d++) {
                    NoiseStream noise = noise(step, d, t);
                    float scale = -learningRate * slopes[d] / slopes.length;
                    pool.forEachTile(
                            tensor.elements(), (from, to) -> noise.addTo(tensor, scale, from, to));
                }
            }
        }
    }

    private void moveByMomentum(int step, float[] slopes, float learningRate, int t) {
        Tensor tensor = tensors.get(t);
        float[] running = momentum.get(t);
        float beta = (float) method.momentum();
        NoiseStream[] noise = new NoiseStream[slopes.length];
        for (int d = 0; d < slopes.length; d++) {
            noise[d] = noise(step, d, t);
        }
        pool.forEachTile(
                tensor.elements(),
                (from, to) -> {
                    for (int i = (int) from; i < to; i++) {
                        float gradient = 0;
                        for (int d = 0; d < slopes.length; d++) {
                            gradient += slopes[d] * noise[d].at(i);
                        }
                        running[i] = beta * running[i] + (1 - beta) * (gradient / slopes.length);
                        tensor.set(i, tensor.get(i) - learningRate * running[i]);
                    }
                });
    }

    private NoiseStream noise(int step, int d, int t) {
        return new NoiseStream(
                seed, step, d, t, method.direction() == MethodSpec.Direction.RADEMACHER);
    }

    /** MeZO decays neither biases nor normalisation weights. */
    static boolean decays(Tensor tensor) {
        String name = tensor.name().toLowerCase(java.util.Locale.ROOT);
        return !name.endsWith("bias")
                && !name.contains("layernorm")
                && !name.contains("layer_norm");
    }

    /** How many numbers move. */
    public long trainableParameters() {
        return parameters.elements();
    }

    @Override
    public void close() {
        pool.close();
    }
}
