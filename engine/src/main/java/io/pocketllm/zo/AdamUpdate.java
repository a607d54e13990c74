package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015) on the estimated gradient: m = β m + (1 − β) g d, v = β₂ v + (1 − β₂)
 * (g d)², θ −= η m̂ / (√v̂ + ζ), both means corrected for their start at zero.
 */
final class AdamUpdate implements UpdateRule.Buffered {

    private final List<Tensor> tensors;
    private final DirectionSampler directions;
    private final float beta1;
    private final float beta2;
    private final float stability;
    private final ParameterStore buffers = new ParameterStore();
    private final Tensor[] mean;
    private final Tensor[] squares;
    private double forgotten1 = 1;
    private double forgotten2 = 1;

    AdamUpdate(
            List<Tensor> tensors,
            DirectionSampler directions,
            double beta1,
            double beta2,
            double stability) {
        this.tensors = tensors;
        this.directions = directions;
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        this.stability = (float) stability;
        this.mean = Buffers.like(tensors, "mean", buffers);
        this.squares = Buffers.like(tensors, "squares", buffers);
    }

    @Override
    public void learn(float[] slopes) {
        forgotten1 *= beta1;
        forgotten2 *= beta2;
    }

    @Override
    public void move(int t, float[] slopes, float learningRate, float keep, long from, long to) {
        Tensor tensor = tensors.get(t);
        Tensor m = mean[t];
        Tensor v = squares[t];
        float scale1 = (float) (1 / (1 - forgotten1));
        float scale2 = (float) (1 / (1 - forgotten2));
        Buffers.forEachGradient(
                directions,
                t,
                slopes,
                from,
                to,
                (i, gradient) -> {
                    float m1 = beta1 * m.get(i) + (1 - beta1) * gradient;
                    float v1 = beta2 * v.get(i) + (1 - beta2) * gradient * gradient;
                    m.set(i, m1);
                    v.set(i, v1);
                    float root = (float) Math.sqrt(v1 * scale2) + stability;
                    // An element that no direction has touched has nothing to divide by.
                    float step = root > 0 ? learningRate * (m1 * scale1) / root : 0;
                    tensor.set(i, keep * tensor.get(i) - step);
                });
    }

    @Override
    public void close() {
        buffers.close();
    }
}
