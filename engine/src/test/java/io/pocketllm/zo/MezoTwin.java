package io.pocketllm.zo;

import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Zeroth-order training as the paper writes it, slow and in double precision: whole vectors z, a
 * copy of θ for each probe, and the formulas one by one.
 */
final class MezoTwin {

    /** What a step gave. */
    record Measured(double lossPlus, double lossMinus, double[] slopes) {}

    private final MethodSpec method;
    private final long seed;
    private final int[] sizes;
    private final boolean[] decays;
    private final ToDoubleFunction<double[][]> loss;
    private final double[][] momentum;

    /** θ, one array a tensor. */
    final double[][] theta;

    MezoTwin(
            MethodSpec method,
            long seed,
            double[][] start,
            boolean[] decays,
            ToDoubleFunction<double[][]> loss) {
        this.method = method;
        this.seed = seed;
        this.decays = decays;
        this.loss = loss;
        theta = copy(start);
        sizes = new int[start.length];
        momentum = new double[start.length][];
        for (int t = 0; t < start.length; t++) {
            sizes[t] = start[t].length;
            momentum[t] = new double[sizes[t]];
        }
    }

    Measured step(int step) {
        double eps = method.perturbationScale();
        int q = method.directions();
        List<double[][]> z = new ArrayList<>();
        double plus = 0;
        double minus = 0;
        double[] g = new double[q];
        for (int d = 0; d < q; d++) {
            z.add(direction(step, d));
            double lossPlus = loss.applyAsDouble(moved(eps, z.get(d)));
            double lossMinus = loss.applyAsDouble(moved(-eps, z.get(d)));
            g[d] = (lossPlus - lossMinus) / (2 * eps);
            plus += lossPlus / q;
            minus += lossMinus / q;
        }
        for (int t = 0; t < sizes.length; t++) {
            double lambda = decays[t] ? method.weightDecay() : 0;
            for (int i = 0; i < sizes[t]; i++) {
                double gradient = 0;
                for (int d = 0; d < q; d++) {
                    gradient += g[d] * z.get(d)[t][i] / q;
                }
                if (method.update() == Update.MOMENTUM) {
                    double beta = method.momentum();
                    momentum[t][i] = beta * momentum[t][i] + (1 - beta) * gradient;
                    gradient = momentum[t][i];
                }
                theta[t][i] -= method.learningRate() * (gradient + lambda * theta[t][i]);
            }
        }
        return new Measured(plus, minus, g);
    }

    private double[][] direction(int step, int role) {
        double[][] z = new double[sizes.length][];
        for (int t = 0; t < sizes.length; t++) {
            NoiseStream noise =
                    new NoiseStream(
                            seed, step, role, t, method.direction() == Direction.RADEMACHER);
            z[t] = new double[sizes[t]];
            for (int i = 0; i < sizes[t]; i++) {
                z[t][i] = noise.at(i);
            }
        }
        return z;
    }

    private double[][] moved(double by, double[][] z) {
        double[][] moved = copy(theta);
        for (int t = 0; t < sizes.length; t++) {
            for (int i = 0; i < sizes[t]; i++) {
                moved[t][i] += by * z[t][i];
            }
        }
        return moved;
    }

    private static double[][] copy(double[][] arrays) {
        double[][] copy = new double[arrays.length][];
        for (int t = 0; t < arrays.length; t++) {
            copy[t] = arrays[t].clone();
        }
        return copy;
    }
}
