package io.pocketllm.objective;

/**
 * How well a model does on a split.
 *
 * @param loss mean loss, nats
 * @param accuracy share of right answers, 0 to 1; for generation the share of answers that greedy
 *     decoding would give word for word
 * @param examples how many were asked
 * @param macroF1 mean over the classes of the harmonic mean of precision and recall, 0 to 1; null
 *     for generation
 * @param perplexity e to the mean loss of an answer's token; null where no tokens are predicted
 */
public record Evaluation(
        double loss, double accuracy, int examples, Double macroF1, Double perplexity) {

    /** Of a classification. */
    static Evaluation of(double loss, ClassCounts counts, Double perplexity) {
        return new Evaluation(
                loss, counts.accuracy(), counts.examples(), counts.macroF1(), perplexity);
    }
}
