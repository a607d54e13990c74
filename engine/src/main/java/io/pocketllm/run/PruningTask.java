package io.pocketllm.run;

import io.pocketllm.data.CalibrationTexts;
import io.pocketllm.data.DataException;
import io.pocketllm.data.Example;
import io.pocketllm.data.TextEncoder;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.objective.MaskedEncoder;
import io.pocketllm.objective.PruningLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The texts that importance is measured on, as tokens. */
final class PruningTask {

    /** Texts where none are given; their labels are those of one task and are not looked at. */
    private static final List<String> OWN_TEXTS = List.of("builtin:inbox-nurse");

    /** As long as the sample runs' texts are. */
    private static final int MAX_TOKENS = 64;

    /** The run file's default. */
    private static final double LOGIT_SCALE = 10;

    private final TokenizedSplit texts;
    private final TokenizedSplit descriptions;

    private PruningTask(TokenizedSplit texts, TokenizedSplit descriptions) {
        this.texts = texts;
        this.descriptions = descriptions;
    }

    /**
     * Reads and tokenises.
     *
     * @throws DataException where a file, or the tokenizer, cannot be used, or a description is for
     *     a label that the data does not have
     */
    static PruningTask read(PruningRequest request, LanguageModel model) throws DataException {
        CalibrationTexts read =
                request.data().isEmpty()
                        ? CalibrationTexts.read(OWN_TEXTS, request.examples()).withoutLabels()
                        : CalibrationTexts.read(request.data(), request.examples());
        requireLabels(request.descriptions(), read.labels());
        int tokens = Math.min(MAX_TOKENS, model.info().contextLength());
        try (TextTokenizer tokenizer = TextTokenizer.open(model.tokenizer(), tokens)) {
            tokenizer.requireWithin(model.info().vocabularySize());
            TextEncoder encoder = new TextEncoder(tokenizer);
            List<Example> descriptions = new ArrayList<>();
            for (String label : read.labels()) {
                descriptions.add(new Example(request.descriptions().getOrDefault(label, label), 0));
            }
            return new PruningTask(
                    TokenizedSplit.encode(read.examples(), encoder),
                    TokenizedSplit.encode(descriptions, encoder));
        }
    }

    private static void requireLabels(Map<String, String> descriptions, List<String> labels)
            throws DataException {
        Set<String> unknown = new TreeSet<>(descriptions.keySet());
        unknown.removeAll(Set.copyOf(labels));
        if (!unknown.isEmpty()) {
            throw new DataException(
                    "label \"" + unknown.iterator().next() + "\": the data has no such label",
                    labels.isEmpty()
                            ? "It has none at all: leave the descriptions out, or give data with"
                                    + " labels."
                            : "It has: " + String.join(", ", labels) + ".");
        }
    }

    int texts() {
        return texts.size();
    }

    String kind() {
        return descriptions.size() == 0 ? "hidden-states" : "zero-shot-loss";
    }

    /**
     * The loss of what is taken away.
     *
     * @param untouched the model with nothing masked
     */
    PruningLoss loss(MaskedEncoder untouched) {
        return descriptions.size() == 0
                ? PruningLoss.HiddenStates.of(texts, untouched)
                : new PruningLoss.ZeroShot(texts, descriptions, LOGIT_SCALE);
    }
}
