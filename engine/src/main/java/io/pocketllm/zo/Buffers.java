package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.List;

/** Memory that methods keep between steps, outside the heap, and the gradient they fill it from. */
final class Buffers {

    /** What is done with one element of the estimated gradient. */
    @FunctionalInterface
    interface ElementWork {
        void at(long i, float gradient);
    }

    private Buffers() {}

    /** One fp32 buffer of zeros for each tensor. */
    static Tensor[] like(List<Tensor> tensors, String name, ParameterStore home) {
        return tensors.stream()
                .map(tensor -> home.allocate(name + "/" + tensor.name(), tensor.shape()))
                .toArray(Tensor[]::new);
    }

    /**
     * Elements [from, to) of the estimated gradient, the mean of g · d over the step's directions.
     */
    static void forEachGradient(
            DirectionSampler directions,
            int t,
            float[] slopes,
            long from,
            long to,
            ElementWork work) {
        float[] gradient = new float[NoiseSource.CHUNK];
        float[] draw = new float[NoiseSource.CHUNK];
        for (long start = from; start < to; start += NoiseSource.CHUNK) {
            long end = Math.min(to, start + NoiseSource.CHUNK);
            int count = (int) (end - start);
            java.util.Arrays.fill(gradient, 0, count, 0);
            for (int k = 0; k < slopes.length; k++) {
                directions.fill(k, t, draw, start, end);
                for (int i = 0; i < count; i++) {
                    gradient[i] += slopes[k] * draw[i];
                }
            }
            for (int i = 0; i < count; i++) {
                work.at(start + i, gradient[i] / slopes.length);
            }
        }
    }
}
