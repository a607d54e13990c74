package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts with a mask, on byte-level BPE and on WordPiece. */
class LabelWordEncoderTest {

    private static final Set<String> NAMES = Set.of("text", "text2");
    private static final List<String> WORDS = List.of("terrible", "great");

    @TempDir private Path folder;

    @Test
    void thePromptStandsBetweenTheMarksAndTheMaskIsPredicted() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 64)) {
            LabelWordEncoder encoder = encoder(tokenizer, "{text} It was {mask}.");

            TokenRow row = row(encoder, new Example("the film", 1));

            assertThat(names(tokenizer, row.ids()))
                    .containsExactly("<s>", "the", "Ġfilm", "ĠIt", "Ġwas", "<mask>", ".", "</s>");
            assertThat(row.answerStart()).isEqualTo(5);
            assertThat(row.answerEnd()).isEqualTo(6);
            assertThat(row.typeIds()).isNull();
            assertThat(names(tokenizer, encoder.labelWords()))
                    .containsExactly("Ġterrible", "Ġgreat");
        }
    }

    @Test
    void wordPieceReadsTheSamePrompt() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.wordPiece(folder, 64)) {
            LabelWordEncoder encoder = encoder(tokenizer, "{text} It was {mask} .");

            TokenRow row = row(encoder, new Example("the film", 0));

            assertThat(names(tokenizer, row.ids()))
                    .containsExactly("[CLS]", "the", "film", "It", "was", "[MASK]", ".", "[SEP]");
            assertThat(row.answerStart()).isEqualTo(5);
            assertThat(names(tokenizer, encoder.labelWords())).containsExactly("terrible", "great");
        }
    }

    /** What LM-BFF's template *cls**sent-_0*?*mask*,*+sentl_1**sep+* gives. */
    @Test
    void aPairKeepsItsOwnMarkOutAndGoesOnInSmallLetters() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 64)) {
            LabelWordEncoder encoder =
                    new LabelWordEncoder(
                            tokenizer,
                            template("{text|noFinalMark}? {mask}, {text2|lowerFirst}"),
                            List.of("Yes", "No"));
            Example pair = new Example(Map.of("text", "the film.", "text2", "The good"), 0, null);

            assertThat(names(tokenizer, row(encoder, pair).ids()))
                    .containsExactly(
                            "<s>", "the", "Ġfilm", "?", "<mask>", ",", "Ġthe", "Ġgood", "</s>");
        }
    }

    @Test
    void theBatchPredictsTheRightWordAtTheMaskOfEachRow() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 64)) {
            LabelWordEncoder encoder = encoder(tokenizer, "{text} It was {mask}.");
            TokenizedSplit split =
                    TokenizedSplit.encode(
                            List.of(new Example("film", 1), new Example("the good film", 0)),
                            encoder);

            Batch batch = split.batch(1, 0);

            int mask = tokenizer.maskId().orElseThrow();
            int[] words = encoder.labelWords();
            assertThat(batch.answers().tokens()).containsExactly(words[0], words[1]);
            assertThat(batch.answers().rows()).containsExactly(0, 1);
            for (int i = 0; i < 2; i++) {
                int position = (int) batch.answers().positions()[i];
                assertThat(position / batch.length()).isEqualTo(i);
                assertThat(batch.inputIds()[position]).isEqualTo(mask);
            }
            assertThat(batch.rowsPerExample()).isEqualTo(1);
            assertThat(batch.labels()).containsExactly(0, 1);
            assertThat(batch.inputIds()[2 * batch.length() - 1]).isEqualTo(tokenizer.padId());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 20, 40})
    void onlyTheTextIsCutAndFromItsEnd(int maxTokens) throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, maxTokens)) {
            LabelWordEncoder encoder = encoder(tokenizer, "{text} It was {mask}.");

            TokenRow row = row(encoder, new Example("the good" + " film".repeat(100), 1));

            List<String> names = names(tokenizer, row.ids());
            assertThat(names).hasSize(maxTokens).startsWith("<s>", "the");
            assertThat(names).endsWith("ĠIt", "Ġwas", "<mask>", ".", "</s>");
            assertThat(row.ids()[row.answerStart()]).isEqualTo(tokenizer.maskId().orElseThrow());
        }
    }

    @Test
    void ofAPairTheLongerTextIsCutFirst() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 12)) {
            LabelWordEncoder encoder = encoder(tokenizer, "{text} {mask} {text2}");
            Example pair =
                    new Example(
                            Map.of("text", "good good", "text2", "film" + " film".repeat(30)),
                            0,
                            null);

            assertThat(names(tokenizer, row(encoder, pair).ids()))
                    .startsWith("<s>", "good", "Ġgood", "<mask>", "Ġfilm")
                    .hasSize(12)
                    .endsWith("Ġfilm", "</s>");
        }
    }

    @Test
    void aTemplateWithoutRoomForTheTextIsRefused() {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 6)) {
            DataException refused =
                    catchThrowableOfType(
                            DataException.class,
                            () ->
                                    encoder(tokenizer, "{text} It was {mask}.")
                                            .encode(new Example("the film", 1)));

            assertThat(refused)
                    .hasMessageContainingAll("template", "6 tokens", "data.maxTokens = 6");
        }
    }

    @Test
    void aMaskInsideATextIsNotTheOneThatIsPredicted() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 64)) {
            TokenRow row =
                    row(
                            encoder(tokenizer, "{text} It was {mask}."),
                            new Example("<mask> film <mask>", 1));

            assertThat(row.answerStart()).isEqualTo(row.length() - 3);
        }
    }

    /** Places are counted in code points, of which one emoji is two Java characters. */
    @Test
    void lettersOutsideTheBasicPlaneDoNotShiftThePlaces() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 16)) {
            TokenRow row =
                    row(
                            encoder(tokenizer, "{text} It was {mask}."),
                            new Example("🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", 1));

            assertThat(names(tokenizer, row.ids()))
                    .hasSize(16)
                    .endsWith("ĠIt", "Ġwas", "<mask>", ".", "</s>");
        }
    }

    @Test
    void droppingTokensLeavesTheTemplateAndTheMask() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 64)) {
            TokenizedSplit split =
                    TokenizedSplit.encode(
                            List.of(new Example("the good good film", 1)),
                            encoder(tokenizer, "{text} It was {mask}."));

            Batch batch = split.batchWithDropout(new int[] {0}, 1, 5);

            int[] ids = Arrays.stream(batch.inputIds()).mapToInt(i -> (int) i).toArray();
            assertThat(names(tokenizer, ids))
                    .containsExactly("<s>", "ĠIt", "Ġwas", "<mask>", ".", "</s>");
            assertThat(batch.answers().positions()).containsExactly(3);
        }
    }

    @Test
    void aWordOfSeveralTokensIsNamedWithThem() {
        try (TextTokenizer tokenizer = SmallTokenizers.robertaLike(folder, 64)) {
            assertThat(refusal(tokenizer, List.of("great", "gruesome")))
                    .hasMessageContainingAll("\"gruesome\"", "tokens", "Ġgr u e s o m e");
            assertThat(refusal(tokenizer, List.of("great", "great")))
                    .hasMessageContaining("same token");
        }
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 64)) {
            assertThat(refusal(tokenizer, WORDS)).hasMessageContaining("no mask token");
        }
    }

    private static DataException refusal(TextTokenizer tokenizer, List<String> words) {
        DataException refused =
                catchThrowableOfType(
                        DataException.class,
                        () -> new LabelWordEncoder(tokenizer, template("{text} {mask}"), words));
        assertThat(refused).isNotNull();
        assertThat(refused.hint()).isNotBlank();
        return refused;
    }

    private static LabelWordEncoder encoder(TextTokenizer tokenizer, String template)
            throws Exception {
        return new LabelWordEncoder(tokenizer, template(template), WORDS);
    }

    private static PromptTemplate template(String source) throws TemplateException {
        return PromptTemplate.masked(source, NAMES);
    }

    private static TokenRow row(ExampleEncoder encoder, Example example) throws DataException {
        return encoder.encode(example).example().rows().getFirst();
    }

    /** Ids as the vocabulary spells them. */
    static List<String> names(TextTokenizer tokenizer, int[] ids) {
        return Arrays.stream(ids).mapToObj(id -> SmallTokenizers.name(tokenizer, id)).toList();
    }
}
