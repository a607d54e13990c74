package io.pocketllm.objective;

/** Counts a classifier's answers. */
final class ClassCounts {

    private final int[] right;
    private final int[] answered;
    private final int[] labelled;

    ClassCounts(int classes) {
        right = new int[classes];
        answered = new int[classes];
        labelled = new int[classes];
    }

    /**
     * Counts rows of scores; the first of equal scores is the answer.
     *
     * @param scores shape (rows, classes), row-major
     * @param labels class of each row
     */
    void add(float[] scores, int[] labels) {
        int classes = right.length;
        for (int row = 0; row < labels.length; row++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (scores[row * classes + c] > scores[row * classes + best]) {
                    best = c;
                }
            }
            add(best, labels[row]);
        }
    }

    /** Counts one answer. */
    void add(int answer, int label) {
        answered[answer]++;
        labelled[label]++;
        if (answer == label) {
            right[label]++;
        }
    }

    int examples() {
        return sum(labelled);
    }

    /** Share of right answers; NaN where nothing was asked. */
    double accuracy() {
        return (double) sum(right) / examples();
    }

    /**
     * Mean over the classes of 2 · right / (answered + labelled), which is the harmonic mean of
     * precision and recall. A class that neither occurs nor is answered does not count.
     */
    double macroF1() {
        double total = 0;
        int counted = 0;
        for (int c = 0; c < right.length; c++) {
            int both = answered[c] + labelled[c];
            if (both > 0) {
                total += 2.0 * right[c] / both;
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : total / counted;
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
