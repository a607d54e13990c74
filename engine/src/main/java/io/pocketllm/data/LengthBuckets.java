package io.pocketllm.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which examples a step sees where batches are of similar length, so that little is spent on
 * padding: each epoch is shuffled, sorted by length within windows of some batches, cut into
 * batches, and these are shuffled. A step's batch depends on the seed and the step alone. Where the
 * batch size does not divide the examples, each epoch leaves a few others out.
 */
public final class LengthBuckets {

    /** Batches a window: enough to sort by, few enough that epochs differ. */
    private static final int WINDOW = 32;

    private final int[] lengths;
    private final int batchSize;
    private final long seed;
    private long cutEpoch = -1;
    private int[][] batches;

    /**
     * @param lengths tokens of each example
     * @param batchSize examples a step sees; more than there are is cut down
     */
    public LengthBuckets(int[] lengths, int batchSize, long seed) {
        this.lengths = lengths.clone();
        this.batchSize = Math.min(batchSize, lengths.length);
        this.seed = seed;
    }

    /** Example indices of a step, counted from 1. */
    public int[] batch(int step) {
        int perEpoch = lengths.length / batchSize;
        cut((step - 1) / perEpoch, perEpoch);
        return batches[(step - 1) % perEpoch].clone();
    }

    private void cut(long epoch, int perEpoch) {
        if (epoch == cutEpoch) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        int[] order = shuffled(lengths.length, random);
        batches = new int[perEpoch][];
        for (int first = 0; first < perEpoch; first += WINDOW) {
            int last = Math.min(perEpoch, first + WINDOW);
            int[] window =
                    Arrays.stream(order, first * batchSize, last * batchSize)
                            .boxed()
                            .sorted(Comparator.comparingInt(i -> lengths[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            for (int i = first; i < last; i++) {
                int from = (i - first) * batchSize;
                batches[i] = Arrays.copyOfRange(window, from, from + batchSize);
            }
        }
        int[][] cut = batches;
        batches =
                IntStream.of(shuffled(perEpoch, random))
                        .mapToObj(i -> cut[i])
                        .toArray(int[][]::new);
        cutEpoch = epoch;
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
