package io.pocketllm.zo;

import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Estimator;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Zeroth-order training as the papers write it, slow and in double precision: whole directions, a
 * copy of θ for each probe, and the formulas one by one. Shares with the program nothing but the
 * noise.
 */
final class MethodTwin {

    /** What a step gave. */
    record Measured(double lossPlus, double lossMinus, double[] slopes, double chosen) {}

    private static final int ROLE_U = 1 << 20;
    private static final int ROLE_V = 1 << 21;

    private final MethodSpec method;
    private final long seed;
    private final long[][] shapes;
    private final boolean[] decays;
    private final ToDoubleFunction<double[][]> loss;
    private final double[][] mean;
    private final double[][] squares;
    private final double[][] lowRank;
    private double scalarSquares;
    private int updates;

    /** θ, one array a tensor. */
    final double[][] theta;

    MethodTwin(
            MethodSpec method,
            long seed,
            double[][] start,
            long[][] shapes,
            boolean[] decays,
            ToDoubleFunction<double[][]> loss) {
        this.method = method;
        this.seed = seed;
        this.shapes = shapes;
        this.decays = decays;
        this.loss = loss;
        theta = copy(start);
        mean = zeros(start);
        squares = zeros(start);
        lowRank = new double[start.length][];
        for (int t = 0; t < start.length; t++) {
            lowRank[t] = new double[shapes[t].length == 2 ? (int) shapes[t][0] * rank() : 0];
        }
    }

    private int rank() {
        return (int) method.value(MethodSetting.DIRECTION_RANK);
    }

    private int epoch(int step) {
        int every = (int) method.value(MethodSetting.REFRESH_EVERY);
        return (step - 1) / every * every + 1;
    }

    Measured step(int step) {
        double eps = method.perturbationScale();
        int q = method.directions();
        double[][][] d = new double[q][][];
        double plus = 0;
        double minus = 0;
        double[] g = new double[q];
        double[] losses = new double[q];
        for (int k = 0; k < q; k++) {
            d[k] = direction(step, k);
            losses[k] = loss.applyAsDouble(moved(theta, eps, d[k]));
            plus += losses[k] / q;
            if (method.estimator() == Estimator.ONE_SIDED) {
                minus = loss.applyAsDouble(theta);
                g[k] = (losses[k] - minus) / eps;
            } else {
                double back = loss.applyAsDouble(moved(theta, -eps, d[k]));
                minus += back / q;
                g[k] = (losses[k] - back) / (2 * eps);
            }
        }
        double chosen = update(step, d, g, losses);
        if (method.direction() == Direction.CONE) {
            double beta = method.momentum();
            double[][] gradient = gradient(d, g);
            for (int t = 0; t < theta.length; t++) {
                for (int i = 0; i < theta[t].length; i++) {
                    cone(t)[i] = beta * cone(t)[i] + (1 - beta) * gradient[t][i];
                }
            }
        }
        return new Measured(plus, minus, g, chosen);
    }

    private double[][] coneMean;

    private double[] cone(int t) {
        if (coneMean == null) {
            coneMean = zeros(theta);
        }
        return coneMean[t];
    }

    private double update(int step, double[][][] d, double[] g, double[] losses) {
        updates++;
        int q = g.length;
        double lr = method.learningRate();
        double[][] move = gradient(d, g);
        switch (method.update()) {
            case SGD -> {}
            case SIGN -> move = gradient(d, Arrays.stream(g).map(Math::signum).toArray());
            case VARIANCE_NORMALISED -> {
                double average = Arrays.stream(losses).average().orElseThrow();
                double sigma =
                        Math.sqrt(
                                Arrays.stream(losses).map(l -> (l - average) * (l - average)).sum()
                                        / (q - 1));
                move = times(move, 1 / sigma);
            }
            case SCALAR_ADAPTIVE -> {
                double beta2 = method.value(MethodSetting.SECOND_MOMENT);
                double square = Arrays.stream(g).map(x -> x * x).average().orElseThrow();
                scalarSquares = beta2 * scalarSquares + (1 - beta2) * square;
                double corrected = scalarSquares / (1 - Math.pow(beta2, updates));
                move = times(move, 1 / (Math.sqrt(corrected) + 1e-8));
            }
            case MOMENTUM -> move = momentum(move);
            case ADAM -> move = adam(move);
            case LOW_RANK_MOMENTUM -> move = lowRankMomentum(step, move, g);
            case CONSERVATIVE -> {
                return conservative(move, lr);
            }
        }
        for (int t = 0; t < theta.length; t++) {
            double lambda = decays[t] ? method.weightDecay() : 0;
            for (int i = 0; i < theta[t].length; i++) {
                theta[t][i] -= lr * (move[t][i] + lambda * theta[t][i]);
            }
        }
        return 1;
    }

    private double conservative(double[][] move, double lr) {
        double[] where = {0, 1, -1};
        double best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (double w : where) {
            double here = loss.applyAsDouble(moved(theta, -lr * w, move));
            if (here < lowest) {
                lowest = here;
                best = w;
            }
        }
        double[][] next = moved(theta, -lr * best, move);
        for (int t = 0; t < theta.length; t++) {
            theta[t] = next[t];
        }
        return best;
    }

    private double[][] momentum(double[][] gradient) {
        double beta = method.momentum();
        for (int t = 0; t < theta.length; t++) {
            for (int i = 0; i < theta[t].length; i++) {
                mean[t][i] = beta * mean[t][i] + (1 - beta) * gradient[t][i];
            }
        }
        return mean;
    }

    private double[][] adam(double[][] gradient) {
        momentum(gradient);
        double beta = method.momentum();
        double beta2 = method.value(MethodSetting.SECOND_MOMENT);
        double[][] move = zeros(theta);
        for (int t = 0; t < theta.length; t++) {
            for (int i = 0; i < theta[t].length; i++) {
                double g = gradient[t][i];
                squares[t][i] = beta2 * squares[t][i] + (1 - beta2) * g * g;
                double m = mean[t][i] / (1 - Math.pow(beta, updates));
                double v = squares[t][i] / (1 - Math.pow(beta2, updates));
                move[t][i] = m / (Math.sqrt(v) + 1e-8);
            }
        }
        return move;
    }

    private double[][] lowRankMomentum(int step, double[][] gradient, double[] g) {
        double beta = method.momentum();
        int r = rank();
        double[][] move = momentum(gradient);
        for (int t = 0; t < theta.length; t++) {
            if (shapes[t].length != 2) {
                continue;
            }
            move[t] = new double[theta[t].length];
            int m = (int) shapes[t][0];
            int n = (int) shapes[t][1];
            double[] v = draw(epoch(step), ROLE_V, t, n * r);
            double[] moment = lowRank[t];
            if (step > 1 && epoch(step) != epoch(step - 1)) {
                double[] old = draw(epoch(step - 1), ROLE_V, t, n * r);
                double[] carried = new double[m * r];
                for (int i = 0; i < m; i++) {
                    for (int b = 0; b < r; b++) {
                        for (int a = 0; a < r; a++) {
                            for (int j = 0; j < n; j++) {
                                carried[i * r + b] +=
                                        moment[i * r + a] * old[j * r + a] * v[j * r + b] / n;
                            }
                        }
                    }
                }
                moment = carried;
            }
            for (int i = 0; i < m * r; i++) {
                double sum = 0;
                for (int k = 0; k < g.length; k++) {
                    sum += g[k] * draw(step, ROLE_U + k, t, m * r)[i] / g.length;
                }
                moment[i] = beta * moment[i] + (1 - beta) * sum;
            }
            lowRank[t] = moment;
            for (int i = 0; i < m * n; i++) {
                for (int a = 0; a < r; a++) {
                    move[t][i] += moment[i / n * r + a] * v[i % n * r + a];
                }
            }
        }
        return move;
    }

    private double[][] gradient(double[][][] d, double[] g) {
        double[][] gradient = zeros(theta);
        for (int k = 0; k < g.length; k++) {
            for (int t = 0; t < theta.length; t++) {
                for (int i = 0; i < theta[t].length; i++) {
                    gradient[t][i] += g[k] * d[k][t][i] / g.length;
                }
            }
        }
        return gradient;
    }

    private double[][] direction(int step, int k) {
        double[][] d = new double[theta.length][];
        double norm = 0;
        int all = 0;
        for (int t = 0; t < theta.length; t++) {
            d[t] = draw(step, k, t, theta[t].length);
            all += theta[t].length;
            for (double m : cone(t)) {
                norm += m * m;
            }
        }
        for (int t = 0; t < theta.length; t++) {
            switch (method.direction()) {
                case GAUSSIAN, RADEMACHER, ACTIVATION_SUBSPACE -> {}
                case CONE -> {
                    double phi = method.value(MethodSetting.CONE_ANGLE);
                    for (int i = 0; i < d[t].length && norm > 0; i++) {
                        d[t][i] =
                                Math.sin(phi) * d[t][i]
                                        + Math.cos(phi)
                                                * Math.sqrt(all)
                                                * cone(t)[i]
                                                / Math.sqrt(norm);
                    }
                }
                case SPARSE -> {
                    double[] sizes = Arrays.stream(theta[t]).map(Math::abs).sorted().toArray();
                    int kept =
                            (int)
                                    Math.ceil(
                                            method.value(MethodSetting.SPARSE_SHARE)
                                                    * sizes.length);
                    for (int i = 0; i < d[t].length; i++) {
                        if (Math.abs(theta[t][i]) > sizes[Math.max(1, kept) - 1]) {
                            d[t][i] = 0;
                        }
                    }
                }
                case LOW_RANK -> {
                    if (shapes[t].length == 2) {
                        int n = (int) shapes[t][1];
                        int r = rank();
                        double[] u = draw(step, ROLE_U + k, t, (int) shapes[t][0] * r);
                        double[] v = draw(epoch(step), ROLE_V, t, n * r);
                        for (int i = 0; i < d[t].length; i++) {
                            d[t][i] = 0;
                            for (int a = 0; a < r; a++) {
                                d[t][i] += u[i / n * r + a] * v[i % n * r + a];
                            }
                        }
                    }
                }
            }
        }
        return d;
    }

    private double[] draw(int step, int role, int t, int size) {
        NoiseStream noise =
                new NoiseStream(seed, step, role, t, method.direction() == Direction.RADEMACHER);
        double[] z = new double[size];
        for (int i = 0; i < size; i++) {
            z[i] = noise.at(i);
        }
        return z;
    }

    private static double[][] moved(double[][] from, double by, double[][] d) {
        double[][] moved = copy(from);
        for (int t = 0; t < from.length; t++) {
            for (int i = 0; i < from[t].length; i++) {
                moved[t][i] += by * d[t][i];
            }
        }
        return moved;
    }

    private static double[][] times(double[][] d, double factor) {
        return moved(zeros(d), factor, d);
    }

    private static double[][] zeros(double[][] like) {
        return Arrays.stream(like).map(a -> new double[a.length]).toArray(double[][]::new);
    }

    private static double[][] copy(double[][] arrays) {
        return Arrays.stream(arrays).map(double[]::clone).toArray(double[][]::new);
    }

    /** Whether the method measures nothing but slopes; the others lose precision on the way. */
    static boolean isLinear(MethodSpec method) {
        return method.update() == Update.SGD || method.update() == Update.MOMENTUM;
    }
}
