package io.pocketllm.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Deals the examples of one file to three parts as they stream by, so that every part has its share
 * of each class: each class is dealt in small blocks, shuffled by the seed.
 */
final class StratifiedSplit {

    private static final int LARGEST_BLOCK = 100;

    private final List<Part> block;
    private final List<List<Part>> waiting = new ArrayList<>();
    private final List<Random> random = new ArrayList<>();

    /**
     * @param validation share of the validation part, above 0
     * @param test share of the test part; 0 for none
     * @param classes how many; 0 where there are none
     */
    StratifiedSplit(double validation, double test, int classes, long seed) {
        int size = blockSize(validation, test);
        block = new ArrayList<>();
        block.addAll(
                Collections.nCopies(
                        Math.max(1, (int) Math.round(validation * size)), Part.VALIDATION));
        block.addAll(
                Collections.nCopies(
                        test == 0 ? 0 : Math.max(1, (int) Math.round(test * size)), Part.TEST));
        block.addAll(Collections.nCopies(Math.max(1, size - block.size()), Part.TRAIN));
        for (int i = 0; i < Math.max(1, classes); i++) {
            waiting.add(new ArrayList<>());
            random.add(new Random(seed * 0x9E3779B97F4A7C15L + i));
        }
    }

    /** The smallest block in which the shares are whole examples. */
    private static int blockSize(double validation, double test) {
        for (int size = 2; size < LARGEST_BLOCK; size++) {
            if (whole(validation * size) && whole(test * size)) {
                return size;
            }
        }
        return LARGEST_BLOCK;
    }

    private static boolean whole(double number) {
        return Math.abs(number - Math.round(number)) < 1e-9;
    }

    Part next(int label) {
        int stratum = Math.max(0, label);
        List<Part> dealt = waiting.get(stratum);
        if (dealt.isEmpty()) {
            dealt.addAll(block);
            Collections.shuffle(dealt, random.get(stratum));
        }
        return dealt.removeLast();
    }
}
