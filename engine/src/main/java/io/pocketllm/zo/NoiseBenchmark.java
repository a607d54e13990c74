package io.pocketllm.zo;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.noise.NoiseKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How fast parameters are perturbed on this computer, beside what the memory allows and beside the
 * loop one would write with Java's own generator.
 *
 * <p>Every kind of pass is taken in turn, round after round, so that a busy moment of the computer
 * touches all of them; each figure is the median of its rounds.
 */
public final class NoiseBenchmark {

    /** Elements Java's generator is asked for in a round: it is slow and knows no memory. */
    private static final int REFERENCE_ELEMENTS = 1 << 21;

    private static final int WARM_UP_ROUNDS = 2;

    /**
     * What was measured, in elements a second. A pass reads and writes each fp32 element once: 8
     * bytes.
     *
     * @param threads threads that shared a pass
     * @param normal θ += a·z with normal numbers
     * @param signs θ += a·z with signs
     * @param scale θ *= keep and nothing more: what the memory allows
     */
    public record Rates(int threads, Rate normal, Rate signs, Rate scale) {}

    /**
     * Elements a second.
     *
     * @param median of the rounds
     * @param best the quickest round: what a computer busy with other things could do
     */
    public record Rate(double median, double best) {

        private static Rate of(double elements, double[] seconds) {
            double[] sorted = seconds.clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            double middle = (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
            return new Rate(elements / middle, elements / sorted[0]);
        }

        /** Bytes moved a second at so many elements a second. */
        public static double bytes(double elementsPerSecond) {
            return 2.0 * Float.BYTES * elementsPerSecond;
        }
    }

    /**
     * All of it.
     *
     * @param kernel which kernel drew
     * @param elements fp32 numbers of the array
     * @param rounds passes of each kind
     * @param rates one for each number of threads
     * @param splittableRandom the loop {@code θ[i] += a * SplittableRandom.nextGaussian()} on one
     *     thread
     */
    public record Result(
            String kernel, long elements, int rounds, List<Rates> rates, Rate splittableRandom) {}

    private NoiseBenchmark() {}

    /**
     * Measures.
     *
     * @param elements fp32 numbers of the array, outside the heap
     * @param maxThreads from 1 to this many threads
     * @param rounds passes of each kind, at least 1
     */
    public static Result run(long elements, int maxThreads, int rounds) {
        try (ParameterStore store = new ParameterStore()) {
            Tensor tensor = store.allocate("array", elements);
            List<TilePool> pools = new ArrayList<>();
            try {
                for (int threads = 1; threads <= maxThreads; threads++) {
                    pools.add(new TilePool(threads));
                }
                return measure(tensor, pools, rounds);
            } finally {
                pools.forEach(TilePool::close);
            }
        }
    }

    private static Result measure(Tensor tensor, List<TilePool> pools, int rounds) {
        NoiseStream normal = new NoiseStream(1, 1, 0, 0, false);
        NoiseStream signs = new NoiseStream(1, 1, 0, 0, true);
        float[] reference = new float[(int) Math.min(REFERENCE_ELEMENTS, tensor.elements())];
        double[][][] seconds = new double[pools.size()][3][rounds];
        double[] referenceSeconds = new double[rounds];
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            int at = Math.max(round, 0);
            // Turns the direction round, so that the numbers stay where they began.
            float a = (round & 1) == 0 ? 1e-3f : -1e-3f;
            for (int p = 0; p < pools.size(); p++) {
                TilePool pool = pools.get(p);
                seconds[p][0][at] =
                        time(pool, tensor, (from, to) -> normal.addTo(tensor, a, from, to));
                seconds[p][1][at] =
                        time(pool, tensor, (from, to) -> signs.addTo(tensor, a, from, to));
                seconds[p][2][at] =
                        time(
                                pool,
                                tensor,
                                (from, to) ->
                                        NoiseKernels.chosen()
                                                .scale(tensor.memory(), 1 + a, from, to));
            }
            long start = System.nanoTime();
            SplittableRandom random = new SplittableRandom(round);
            for (int i = 0; i < reference.length; i++) {
                reference[i] += a * (float) random.nextGaussian();
            }
            referenceSeconds[at] = secondsSince(start);
        }
        List<Rates> rates = new ArrayList<>();
        for (int p = 0; p < pools.size(); p++) {
            double n = tensor.elements();
            rates.add(
                    new Rates(
                            p + 1,
                            Rate.of(n, seconds[p][0]),
                            Rate.of(n, seconds[p][1]),
                            Rate.of(n, seconds[p][2])));
        }
        return new Result(
                NoiseKernels.description(),
                tensor.elements(),
                rounds,
                List.copyOf(rates),
                Rate.of(reference.length, referenceSeconds));
    }

    private static double time(TilePool pool, Tensor tensor, TilePool.TileWork work) {
        long start = System.nanoTime();
        pool.forEachTile(tensor.elements(), work);
        return secondsSince(start);
    }

    private static double secondsSince(long startNanos) {
        return Math.max(1, System.nanoTime() - startNanos) / 1e9;
    }
}
