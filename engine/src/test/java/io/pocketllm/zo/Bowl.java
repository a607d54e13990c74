package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import java.util.Random;

/**
 * A loss whose every number is known: Σ cᵢ (θᵢ − tᵢ)² / 2 over a weight, its bias and a layer norm
 * weight, with a cubic term that keeps two-sided slopes from being exact by accident.
 */
final class Bowl implements AutoCloseable {

    static final String[] NAMES = {"layer.weight", "layer.bias", "layer.layer_norm.weight"};
    static final boolean[] DECAYS = {true, false, false};
    static final long[][] SHAPES = {{7, 5}, {5}, {3}};

    final ParameterStore store = new ParameterStore();
    final double[][] start = new double[NAMES.length][];
    private final double[][] target = new double[NAMES.length][];

    Bowl() {
        Random random = new Random(5);
        for (int t = 0; t < NAMES.length; t++) {
            Tensor tensor = store.allocate(NAMES[t], SHAPES[t]);
            start[t] = new double[(int) tensor.elements()];
            target[t] = new double[start[t].length];
            for (int i = 0; i < start[t].length; i++) {
                tensor.set(i, (float) random.nextGaussian());
                start[t][i] = tensor.get(i);
                target[t][i] = random.nextGaussian();
            }
        }
    }

    /** The loss at the store's present values. */
    double loss() {
        return loss(theta());
    }

    double loss(double[][] theta) {
        double sum = 0;
        for (int t = 0; t < theta.length; t++) {
            for (int i = 0; i < theta[t].length; i++) {
                double d = theta[t][i] - target[t][i];
                sum += (0.2 + 0.1 * (i % 3)) * d * d + 0.01 * d * d * d;
            }
        }
        return sum;
    }

    double[][] theta() {
        double[][] theta = new double[NAMES.length][];
        for (int t = 0; t < NAMES.length; t++) {
            float[] values = store.get(NAMES[t]).toArray();
            theta[t] = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                theta[t][i] = values[i];
            }
        }
        return theta;
    }

    @Override
    public void close() {
        store.close();
    }
}
