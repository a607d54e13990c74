package io.pocketllm.data;

import java.util.SplittableRandom;

/**
 * Which examples a step sees: the split is shuffled anew each epoch and cut in order. A step's
 * batch depends on the seed and the step alone, so a resumed run sees what an undisturbed one
 * would.
 */
public final class BatchSampler {

    private final int examples;
    private final int batchSize;
    private final long seed;
    private long shuffledEpoch = -1;
    private int[] order;

    /**
     * @param examples how many there are to draw from
     * @param batchSize how many a step sees; more than there are is cut down
     */
    public BatchSampler(int examples, int batchSize, long seed) {
        this.examples = examples;
        this.batchSize = Math.min(batchSize, examples);
        this.seed = seed;
    }

    /** Example indices of a step, counted from 1. */
    public int[] batch(int step) {
        int[] chosen = new int[batchSize];
        long position = (long) (step - 1) * batchSize;
        for (int i = 0; i < batchSize; i++, position++) {
            shuffle(position / examples);
            chosen[i] = order[(int) (position % examples)];
        }
        return chosen;
    }

    /** Fisher-Yates, from a generator seeded by run and epoch. */
    private void shuffle(long epoch) {
        if (epoch == shuffledEpoch) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        order = new int[examples];
        for (int i = 0; i < examples; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        shuffledEpoch = epoch;
    }
}
