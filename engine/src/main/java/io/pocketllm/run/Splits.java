package io.pocketllm.run;

import io.pocketllm.data.AnswerEncoder;
import io.pocketllm.data.DataException;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.Example;
import io.pocketllm.data.ExampleEncoder;
import io.pocketllm.data.LabelWordEncoder;
import io.pocketllm.data.TextEncoder;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import io.pocketllm.model.LanguageModel;
import java.util.Arrays;
import java.util.List;

/**
 * A data set as tokens.
 *
 * @param descriptions the labels' descriptions in the order of the logits, for a class head; their
 *     class is always 0. Null for other objectives
 * @param labelWords each class's token at the mask; null for other objectives
 */
record Splits(
        TokenizedSplit train,
        TokenizedSplit validation,
        TokenizedSplit test,
        TokenizedSplit descriptions,
        long[] labelWords) {

    /**
     * Tokenises every example once, as the objective reads it.
     *
     * @throws DataException where the tokenizer cannot be used, or gives ids the model has no
     *     embedding for, a label word is not one token, or a prompt does not fit {@code maxTokens}
     */
    static Splits tokenize(
            Dataset dataset, RunSpec.Objective objective, LanguageModel model, int maxTokens)
            throws DataException {
        try (TextTokenizer tokenizer = TextTokenizer.open(model.tokenizer(), maxTokens)) {
            // An ONNX file does not always tell.
            if (model.info().vocabularySize() > 0) {
                tokenizer.requireWithin(model.info().vocabularySize());
            }
            List<String> words = List.copyOf(objective.labels().values());
            ExampleEncoder encoder = encoder(tokenizer, objective);
            TokenizedSplit validation = TokenizedSplit.encode(dataset.validation(), encoder);
            return new Splits(
                    TokenizedSplit.encode(dataset.train(), encoder),
                    validation,
                    // The validation part stands in where there is no test part.
                    dataset.test() == dataset.validation()
                            ? validation
                            : TokenizedSplit.encode(dataset.test(), encoder),
                    objective.kind() == ObjectiveKind.CLASS_HEAD
                            ? new TokenizedSplit(
                                    words.stream().map(w -> new Example(w, 0)).toList(), tokenizer)
                            : null,
                    encoder.labelWords() == null
                            ? null
                            : Arrays.stream(encoder.labelWords()).asLongStream().toArray());
        }
    }

    /**
     * How the objective reads an example.
     *
     * @throws DataException where a label word is not one token of the model
     */
    static ExampleEncoder encoder(TextTokenizer tokenizer, RunSpec.Objective objective)
            throws DataException {
        List<String> words = List.copyOf(objective.labels().values());
        return switch (objective.kind()) {
            case CLASS_HEAD -> new TextEncoder(tokenizer);
            case LABEL_WORD -> new LabelWordEncoder(tokenizer, objective.template(), words);
            case ANSWER -> new AnswerEncoder(tokenizer, objective.template(), words);
        };
    }
}
