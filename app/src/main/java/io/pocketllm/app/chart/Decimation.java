package io.pocketllm.app.chart;

import java.util.Arrays;

/**
 * Thins a long line to what a screen can show without changing how it looks: of each bucket of
 * neighbours the lowest, the highest and one gap are kept, and the line's two ends always.
 *
 * <p>JFreeChart draws some thousand points ten times a second and stalls at twenty thousand, so
 * nothing longer reaches it.
 */
public final class Decimation {

    private Decimation() {}

    /**
     * @param from first index, inclusive
     * @param to last index, exclusive
     * @param limit the most points to return, at least 5
     */
    public static Points minMax(Column xs, Column ys, int from, int to, int limit) {
        if (limit < 5) {
            throw new IllegalArgumentException(
                    "a limit of " + limit + " points holds no bucket and two ends");
        }
        int n = Math.max(0, to - from);
        Collector kept = new Collector(Math.min(n, limit));
        if (n <= limit) {
            for (int i = from; i < to; i++) {
                kept.add(xs.get(i), ys.get(i));
            }
            return kept.points();
        }
        int buckets = (limit - 2) / 3;
        int inner = n - 2;
        kept.add(xs.get(from), ys.get(from));
        for (int b = 0; b < buckets; b++) {
            int begin = from + 1 + (int) ((long) inner * b / buckets);
            int end = from + 1 + (int) ((long) inner * (b + 1) / buckets);
            keepOfBucket(xs, ys, begin, end, kept);
        }
        kept.add(xs.get(to - 1), ys.get(to - 1));
        return kept.points();
    }

    private static void keepOfBucket(Column xs, Column ys, int begin, int end, Collector kept) {
        int lowest = -1;
        int highest = -1;
        int gap = -1;
        for (int i = begin; i < end; i++) {
            double y = ys.get(i);
            if (!Double.isFinite(y)) {
                gap = gap < 0 ? i : gap;
                continue;
            }
            if (lowest < 0 || y < ys.get(lowest)) {
                lowest = i;
            }
            if (highest < 0 || y > ys.get(highest)) {
                highest = i;
            }
        }
        int[] order = {lowest, highest, gap};
        Arrays.sort(order);
        int last = -1;
        for (int i : order) {
            if (i >= 0 && i != last) {
                kept.add(xs.get(i), ys.get(i));
                last = i;
            }
        }
    }

    private static final class Collector {
        private final double[] xs;
        private final double[] ys;
        private int size;

        Collector(int capacity) {
            xs = new double[capacity];
            ys = new double[capacity];
        }

        void add(double x, double y) {
            xs[size] = x;
            ys[size++] = Double.isFinite(y) ? y : Double.NaN;
        }

        Points points() {
            return new Points(Arrays.copyOf(xs, size), Arrays.copyOf(ys, size));
        }
    }
}
