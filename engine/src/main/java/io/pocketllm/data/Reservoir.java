package io.pocketllm.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Keeps a fair sample of a stream of unknown length: every element stays with the same chance
 * (Vitter's algorithm R). A stream no longer than the capacity is kept whole and in order.
 */
final class Reservoir {

    private record Kept(long ordinal, Example example) {}

    private final int capacity;
    private final SplittableRandom random;
    private final List<Kept> kept = new ArrayList<>();
    private long seen;

    Reservoir(int capacity, long seed) {
        this.capacity = capacity;
        this.random = new SplittableRandom(seed);
    }

    /**
     * @param ordinal place in the file, to put the sample back into its order
     */
    void add(long ordinal, Example example) {
        seen++;
        if (kept.size() < capacity) {
            kept.add(new Kept(ordinal, example));
            return;
        }
        long place = random.nextLong(seen);
        if (place < capacity) {
            kept.set((int) place, new Kept(ordinal, example));
        }
    }

    long seen() {
        return seen;
    }

    int size() {
        return kept.size();
    }

    /** The sample of several reservoirs in the file's order. */
    static List<Example> inOrder(List<Reservoir> reservoirs) {
        return reservoirs.stream()
                .flatMap(r -> r.kept.stream())
                .sorted(Comparator.comparingLong(Kept::ordinal))
                .map(Kept::example)
                .toList();
    }
}
