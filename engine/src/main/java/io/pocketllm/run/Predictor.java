package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Example;
import io.pocketllm.data.ExampleEncoder;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.objective.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a task's model about texts of a person's own, at the parameters as they stand. Each text is
 * a batch of its own, so that an answer does not depend on what else was asked. Nothing is opened
 * before the first question.
 */
final class Predictor implements AutoCloseable {

    private final RunSpec spec;
    private final boolean pairs;
    private final LanguageModel model;
    private final Objective objective;
    private TextTokenizer tokenizer;
    private ExampleEncoder encoder;

    /**
     * @param pairs whether a class head reads two texts
     * @param objective has classes
     */
    Predictor(RunSpec spec, boolean pairs, LanguageModel model, Objective objective) {
        this.spec = spec;
        this.pairs = pairs;
        this.model = model;
        this.objective = objective;
    }

    /**
     * Label to probability, in the order of the labels.
     *
     * @throws DataException where the text is not what the objective reads
     */
    Map<String, Double> probabilities(String text) throws DataException {
        Example example = example(text);
        if (encoder == null) {
            tokenizer = TextTokenizer.open(model.tokenizer(), spec.data().maxTokens());
            encoder = Splits.encoder(tokenizer, spec.objective());
        }
        float[] scores =
                objective.classScores(TokenizedSplit.encode(List.of(example), encoder).batch(0));
        return softmax(scores);
    }

    /** A text for each name the objective knows; where there are several, one a line. */
    private Example example(String text) throws DataException {
        List<String> names =
                spec.objective().template() != null
                        ? List.copyOf(spec.objective().template().texts())
                        : pairs ? List.of(Example.TEXT, Example.TEXT2) : List.of(Example.TEXT);
        if (names.size() == 1) {
            return new Example(Map.of(names.getFirst(), text), 0, null);
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != names.size()) {
            throw new DataException(
                    "The objective reads "
                            + names.size()
                            + " texts ("
                            + String.join(", ", names)
                            + "), and this has lines: "
                            + lines.size()
                            + ".",
                    "Write each text on a line of its own.");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            texts.put(names.get(i), lines.get(i));
        }
        return new Example(texts, 0, null);
    }

    private Map<String, Double> softmax(float[] scores) {
        double max = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double total = 0;
        for (float score : scores) {
            total += StrictMath.exp(score - max);
        }
        Map<String, Double> probabilities = new LinkedHashMap<>();
        int label = 0;
        for (String name : spec.objective().labels().keySet()) {
            probabilities.put(name, StrictMath.exp(scores[label++] - max) / total);
        }
        return probabilities;
    }

    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
