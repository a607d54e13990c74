package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/** m = β m + (1 − β) · mean of g d; θ −= η m. */
final class MomentumUpdate implements UpdateRule.Buffered {

    private final List<Tensor> tensors;
    private final DirectionSampler directions;
    private final float decay;
    private final ParameterStore buffers = new ParameterStore();
    private final Tensor[] mean;

    MomentumUpdate(List<Tensor> tensors, DirectionSampler directions, double decay) {
        this.tensors = tensors;
        this.directions = directions;
        this.decay = (float) decay;
        this.mean = Buffers.like(tensors, "momentum", buffers);
    }

    @Override
    public void move(int t, float[] slopes, float learningRate, float keep, long from, long to) {
        Tensor tensor = tensors.get(t);
        Tensor m = mean[t];
        Buffers.forEachGradient(
                directions,
                t,
                slopes,
                from,
                to,
                (i, gradient) -> step(tensor, m, i, gradient, decay, learningRate, keep));
    }

    /** Moves one number, and its mean with it. */
    static void step(
            Tensor tensor,
            Tensor mean,
            long i,
            float gradient,
            float decay,
            float learningRate,
            float keep) {
        float next = decay * mean.get(i) + (1 - decay) * gradient;
        mean.set(i, next);
        tensor.set(i, keep * tensor.get(i) - learningRate * next);
    }

    @Override
    public void close() {
        buffers.close();
    }
}
