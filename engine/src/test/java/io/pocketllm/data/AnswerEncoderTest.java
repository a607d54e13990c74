package io.pocketllm.data;

import static io.pocketllm.data.LabelWordEncoderTest.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts with answers, for a causal model. */
class AnswerEncoderTest {

    private static final Set<String> NAMES = Set.of("text", "text2", "prompt");
    private static final List<String> ANSWERS = List.of("terrible", "great good");

    @TempDir private Path folder;

    @Test
    void eachLabelIsARowAndItsAnswersTokensArePredictedFromTheOnesBefore() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 64)) {
            TokenizedSplit split =
                    TokenizedSplit.encode(
                            List.of(new Example("the film", 1)),
                            encoder(tokenizer, "{text} It was {answer}", ANSWERS));

            Batch batch = split.batch(0);

            assertThat(batch.size()).isEqualTo(2);
            assertThat(batch.rowsPerExample()).isEqualTo(2);
            assertThat(batch.labels()).containsExactly(1);
            assertThat(names(tokenizer, split.example(0).rows().get(0).ids()))
                    .containsExactly("</s>", "the", "Ġfilm", "ĠIt", "Ġwas", "Ġterrible");
            assertThat(names(tokenizer, split.example(0).rows().get(1).ids()))
                    .containsExactly("</s>", "the", "Ġfilm", "ĠIt", "Ġwas", "Ġgreat", "Ġgood");
            assertThat(names(tokenizer, batch.answers().tokens()))
                    .containsExactly("Ġterrible", "Ġgreat", "Ġgood");
            assertThat(batch.length()).isEqualTo(7);
            assertThat(batch.answers().positions()).containsExactly(4, 7 + 4, 7 + 5);
            assertThat(batch.answers().rows()).containsExactly(0, 1, 1);
        }
    }

    /** MeZO: option tokens = tokens of the prompt with the answer - tokens of it without. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{text} It was {answer}",
                "{text}\nYes or No?\n{answer}",
                "{text} {answer}",
                "{text}:{answer}"
            })
    void asManyTokensArePredictedAsTheAnswerAddsToThePrompt(String template) throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 64)) {
            for (String answer : ANSWERS) {
                TokenRow row =
                        encoder(tokenizer, template, List.of(answer, "Yes"))
                                .encode(new Example("the film", 0))
                                .example()
                                .rows()
                                .getFirst();
                String prompt = template.replace("{text}", "the film").replace("{answer}", "");

                int[] alone =
                        tokenizer.encodePiece(
                                prompt.stripTrailing().equals(prompt) || prompt.endsWith("\n")
                                        ? prompt
                                        : prompt.stripTrailing());

                assertThat(row.answerStart()).isEqualTo(1 + alone.length);
                assertThat(row.answerEnd()).isEqualTo(row.length());
                assertThat(Arrays.copyOfRange(row.ids(), 1, row.answerStart())).isEqualTo(alone);
            }
        }
    }

    @Test
    void withoutLabelsTheExamplesOwnAnswerIsPredictedWithWhatStandsBehindIt() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 64)) {
            Example example = new Example(Map.of("text", "the film"), -1, "good");
            TokenizedSplit split =
                    TokenizedSplit.encode(
                            List.of(example),
                            encoder(tokenizer, "{text} It was {answer}</s>", List.of()));

            assertThat(split.label(0)).isEqualTo(-1);
            assertThat(split.answerText(0)).isEqualTo("good");
            assertThat(names(tokenizer, split.batch(0).answers().tokens()))
                    .containsExactly("Ġgood", "</s>");
            assertThat(split.batch(0).labels()).containsExactly(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 30})
    void theBeginningOfTheTextIsCutAndTheSameInAllRows(int maxTokens) throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, maxTokens)) {
            EncodedExample encoded =
                    encoder(tokenizer, "{text} It was {answer}", ANSWERS)
                            .encode(new Example("the" + " film".repeat(100) + " good", 0));

            List<TokenRow> rows = encoded.example().rows();
            assertThat(rows.get(0).length()).isEqualTo(maxTokens - 1);
            assertThat(rows.get(1).length()).isEqualTo(maxTokens);
            for (TokenRow row : rows) {
                assertThat(names(tokenizer, Arrays.copyOf(row.ids(), row.answerStart())))
                        .startsWith("</s>", "Ġfilm")
                        .endsWith("Ġfilm", "Ġgood", "ĠIt", "Ġwas")
                        .hasSize(maxTokens - 2);
            }
        }
    }

    @Test
    void allRowsLoseTheSameTokens() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 64)) {
            TokenizedSplit split =
                    TokenizedSplit.encode(
                            List.of(new Example("the good film Yes No great the", 0)),
                            encoder(tokenizer, "{text} It was {answer}", ANSWERS));
            BitSet sizes = new BitSet();
            for (int seed = 0; seed < 20; seed++) {
                Batch batch = split.batchWithDropout(new int[] {0}, 0.5, seed);
                long[] first = Arrays.copyOf(batch.inputIds(), batch.length() - 2);
                long[] second =
                        Arrays.copyOfRange(
                                batch.inputIds(), batch.length(), 2 * batch.length() - 2);

                assertThat(first).isEqualTo(second);
                assertThat(names(tokenizer, batch.answers().tokens()))
                        .containsExactly("Ġterrible", "Ġgreat", "Ġgood");
                sizes.set(batch.length());
            }
            assertThat(sizes.cardinality()).isGreaterThan(2);
        }
    }

    @Test
    void anAnswerThatDoesNotFitOrFollowsNothingIsRefused() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 10)) {
            Example tooLong = new Example(Map.of("text", "film"), -1, "good".repeat(30));
            AnswerEncoder encoder = encoder(tokenizer, "{text} {answer}", List.of());

            DataException refused =
                    catchThrowableOfType(DataException.class, () -> encoder.encode(tooLong));

            assertThat(refused).hasMessageContainingAll("no room", "data.maxTokens = 10");
        }
    }

    private static AnswerEncoder encoder(
            TextTokenizer tokenizer, String template, List<String> answers) throws Exception {
        return new AnswerEncoder(tokenizer, PromptTemplate.answered(template, NAMES), answers);
    }
}
