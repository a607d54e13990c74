package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pocketllm.forward.MiniLm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tokenizer says of its vocabulary, in the shapes of BERT, RoBERTa and OPT. */
class TokenizerRolesTest {

    @TempDir private Path folder;

    @Test
    void bertsMaskPadAndVocabularyAreFound() throws Exception {
        try (TextTokenizer tokenizer = MiniLm.tokenizer(64)) {
            assertThat(tokenizer.maskId()).hasValue(103);
            assertThat(tokenizer.padId()).isZero();
            assertThat(tokenizer.vocabularySize()).isEqualTo(30522);
            assertThat(tokenizer.decode(101, 7592, 2088, 102)).isEqualTo("hello world");
        }
    }

    @Test
    void rolesAreFoundByTheirUsualNames() {
        try (TextTokenizer roberta = SmallTokenizers.robertaLike(folder, 64)) {
            assertThat(roberta.maskId()).hasValue(4);
            assertThat(roberta.padId()).isEqualTo(1);
            assertThat(roberta.endId()).hasValue(2);
            assertThat(roberta.decode(roberta.encodePiece("the film 🙂"))).isEqualTo("the film 🙂");
        }
        try (TextTokenizer opt = SmallTokenizers.optLike(folder, 64)) {
            assertThat(opt.maskId()).isEmpty();
            assertThat(opt.encode("")).containsExactly(2);
        }
    }

    @Test
    void theFilesBesideSayWhichTokenHasARole() throws Exception {
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"pad_token\":{\"content\":\"<unk>\"},\"mask_token\":null,\"eos_token\":\"<s>\"}");

        try (TextTokenizer opt = SmallTokenizers.optLike(folder, 64)) {
            assertThat(opt.padId()).isEqualTo(3);
            assertThat(opt.endId()).hasValue(0);
        }
    }

    @Test
    void aModelWithFewerEmbeddingsThanTokensIsRefused() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.optLike(folder, 64)) {
            int size = tokenizer.vocabularySize();
            tokenizer.requireWithin(size);

            DataException refused =
                    catchThrowableOfType(
                            DataException.class, () -> tokenizer.requireWithin(size - 1));

            assertThat(refused)
                    .hasMessageContainingAll("tokenizer.json", "up to " + (size - 1), "0 to");
        }
    }

    @Test
    void aPairHasTheModelsOwnFrameAndSegmentsAndItsLongerTextIsCut() throws Exception {
        try (TextTokenizer tokenizer = SmallTokenizers.wordPiece(folder, 8)) {
            Example pair =
                    new Example(
                            java.util.Map.of("text", "the film", "text2", "good ".repeat(20)),
                            1,
                            null);

            TokenRow row = new TextEncoder(tokenizer).encode(pair).example().rows().getFirst();

            assertThat(LabelWordEncoderTest.names(tokenizer, row.ids()))
                    .containsExactly(
                            "[CLS]", "the", "film", "[SEP]", "good", "good", "good", "[SEP]");
            assertThat(row.typeIds()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
            Batch batch =
                    TokenizedSplit.encode(java.util.List.of(pair), new TextEncoder(tokenizer))
                            .batch(0);
            assertThat(Arrays.stream(batch.tokenTypeIds()).sum()).isEqualTo(4);
            assertThat(batch.answers()).isSameAs(Answers.NONE);
        }
    }
}
