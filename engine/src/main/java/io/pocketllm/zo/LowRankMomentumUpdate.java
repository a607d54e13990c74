package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/**
 * Momentum of LOZO-M (arXiv 2410.07698): for a matrix N = β N + (1 − β) · mean of g U, W −= η N Vᵀ,
 * which is m × r numbers instead of m × n. When V changes, N is carried into the new span: N ← N
 * (V_oldᵀ V_new) / n. Anything that is no matrix has ordinary momentum.
 */
final class LowRankMomentumUpdate implements UpdateRule.Buffered {

    private final List<Tensor> tensors;
    private final LowRankDirections directions;
    private final float decay;
    private final ParameterStore buffers = new ParameterStore();
    private final Tensor[] mean;

    LowRankMomentumUpdate(List<Tensor> tensors, LowRankDirections directions, double decay) {
        this.tensors = tensors;
        this.directions = directions;
        this.decay = (float) decay;
        mean = new Tensor[tensors.size()];
        for (int t = 0; t < mean.length; t++) {
            long[] shape = tensors.get(t).shape();
            mean[t] =
                    directions.isMatrix(t)
                            ? buffers.allocate("N" + t, shape[0], directions.rank())
                            : buffers.allocate("m" + t, shape);
        }
    }

    @Override
    public void begin(int step) {
        if (step == 1 || directions.drawnAt(step) == directions.drawnAt(step - 1)) {
            return;
        }
        for (int t = 0; t < mean.length; t++) {
            if (directions.isMatrix(t)) {
                carry(t, step);
            }
        }
    }

    private void carry(int t, int step) {
        Tensor now = directions.v(t);
        int rank = directions.rank();
        long columns = now.shape()[0];
        double[] overlap = new double[rank * rank];
        try (ParameterStore scratch = new ParameterStore()) {
            Tensor before = scratch.allocate("V", now.shape());
            directions.drawV(step - 1, t, before);
            for (long j = 0; j < columns; j++) {
                for (int a = 0; a < rank; a++) {
                    for (int b = 0; b < rank; b++) {
                        overlap[a * rank + b] +=
                                (double) before.get(j * rank + a) * now.get(j * rank + b);
                    }
                }
            }
        }
        float[] row = new float[rank];
        Tensor n = mean[t];
        for (long i = 0; i < n.elements(); i += rank) {
            for (int b = 0; b < rank; b++) {
                double sum = 0;
                for (int a = 0; a < rank; a++) {
                    sum += n.get(i + a) * overlap[a * rank + b];
                }
                row[b] = (float) (sum / columns);
            }
            for (int b = 0; b < rank; b++) {
                n.set(i + b, row[b]);
            }
        }
    }

    @Override
    public void learn(float[] slopes) {
        for (int t = 0; t < mean.length; t++) {
            if (!directions.isMatrix(t)) {
                continue;
            }
            Tensor n = mean[t];
            for (long i = 0; i < n.elements(); i++) {
                float gradient = 0;
                for (int k = 0; k < slopes.length; k++) {
                    gradient += slopes[k] * directions.u(t, k).get(i);
                }
                n.set(i, decay * n.get(i) + (1 - decay) * (gradient / slopes.length));
            }
        }
    }

    @Override
    public void move(int t, float[] slopes, float learningRate, float keep, long from, long to) {
        Tensor tensor = tensors.get(t);
        Tensor m = mean[t];
        if (directions.isMatrix(t)) {
            Chunks.addAll(
                    tensor,
                    new float[] {-learningRate},
                    keep,
                    from,
                    to,
                    (k, buffer, start, end) ->
                            LowRankDirections.product(m, directions.v(t), buffer, start, end));
            return;
        }
        Buffers.forEachGradient(
                directions,
                t,
                slopes,
                from,
                to,
                (i, gradient) ->
                        MomentumUpdate.step(tensor, m, i, gradient, decay, learningRate, keep));
    }

    @Override
    public void close() {
        buffers.close();
    }
}
