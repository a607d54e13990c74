package io.pocketllm.objective;

/** Softmax cross-entropy over rows of logits, in double precision and a fixed order. */
public final class CrossEntropy {

    private CrossEntropy() {}

    /**
     * Mean over the rows of −log softmax(logits)[label], nats. NaN where a logit is not finite.
     *
     * @param logits shape (rows, classes), row-major
     * @param labels class of each row
     */
    public static double mean(float[] logits, int[] labels, int classes) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            int from = row * classes;
            double max = Double.NEGATIVE_INFINITY;
            double min = Double.POSITIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                max = Math.max(max, logits[from + c]);
                min = Math.min(min, logits[from + c]);
            }
            if (!Double.isFinite(max - min)) {
                return Double.NaN;
            }
            double total = 0;
            for (int c = 0; c < classes; c++) {
                total += StrictMath.exp(logits[from + c] - max);
            }
            sum += StrictMath.log(total) + max - logits[from + labels[row]];
        }
        return sum / labels.length;
    }
}
