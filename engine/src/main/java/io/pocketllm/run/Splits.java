package io.pocketllm.run;

import io.pocketllm.data.DataException;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.Example;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.data.TokenizedSplit;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A data set as tokens.
 *
 * @param descriptions the labels' descriptions in the order of the logits; their class is always 0
 */
record Splits(
        TokenizedSplit train,
        TokenizedSplit validation,
        TokenizedSplit test,
        TokenizedSplit descriptions) {

    /** Tokenises every text once. */
    static Splits tokenize(
            Dataset dataset, Collection<String> descriptions, Path tokenizerFile, int maxTokens)
            throws DataException {
        try (TextTokenizer tokenizer = TextTokenizer.open(tokenizerFile, maxTokens)) {
            return new Splits(
                    new TokenizedSplit(dataset.train(), tokenizer),
                    new TokenizedSplit(dataset.validation(), tokenizer),
                    new TokenizedSplit(dataset.test(), tokenizer),
                    new TokenizedSplit(
                            descriptions.stream().map(d -> new Example(d, 0)).toList(), tokenizer));
        }
    }
}
