package io.pocketllm.objective;

import io.pocketllm.data.TokenizedSplit;
import java.util.stream.IntStream;

/** What a model loses when a part of it is gone: a number from forward passes over a few texts. */
public sealed interface PruningLoss {

    /**
     * The loss, and the share of right answers.
     *
     * @param loss nats, or a relative change
     * @param accuracy 0 to 1; null where nothing is classified
     */
    record Measured(double loss, Double accuracy) {}

    /** Measures a model with what is masked now. */
    Measured of(MaskedEncoder encoder);

    /**
     * Cross-entropy of the zero-shot class head, which is made anew by the model as it is masked:
     * the start that a training over the pruned model would have.
     *
     * @param texts labelled
     * @param descriptions a text for each class, in the classes' order
     * @param scale factor on the cosine between text and description
     */
    record ZeroShot(TokenizedSplit texts, TokenizedSplit descriptions, double scale)
            implements PruningLoss {

        @Override
        public Measured of(MaskedEncoder encoder) {
            int classes = descriptions.size();
            float[] head = encoder.pooled(descriptions);
            float[] pooled = encoder.pooled(texts);
            int size = head.length / classes;
            float[] logits = new float[texts.size() * classes];
            for (int text = 0; text < texts.size(); text++) {
                for (int c = 0; c < classes; c++) {
                    double sum = 0;
                    for (int k = 0; k < size; k++) {
                        sum += (double) pooled[text * size + k] * head[c * size + k];
                    }
                    logits[text * classes + c] = (float) (scale * sum);
                }
            }
            int[] labels = IntStream.range(0, texts.size()).map(texts::label).toArray();
            ClassCounts counts = new ClassCounts(classes);
            counts.add(logits, labels);
            return new Measured(CrossEntropy.mean(logits, labels, classes), counts.accuracy());
        }
    }

    /**
     * ‖p − p₀‖ / ‖p₀‖ over all pooled texts: 0 for the untouched model.
     *
     * @param original pooled texts p₀ of the untouched model, shape (texts, state)
     */
    record HiddenStates(TokenizedSplit texts, float[] original) implements PruningLoss {

        /** Of the model as it is masked now. */
        public static HiddenStates of(TokenizedSplit texts, MaskedEncoder untouched) {
            return new HiddenStates(texts, untouched.pooled(texts));
        }

        @Override
        public Measured of(MaskedEncoder encoder) {
            float[] pooled = encoder.pooled(texts);
            double difference = 0;
            double length = 0;
            for (int i = 0; i < pooled.length; i++) {
                double d = (double) pooled[i] - original[i];
                difference += d * d;
                length += (double) original[i] * original[i];
            }
            return new Measured(Math.sqrt(difference / length), null);
        }
    }
}
