package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pocketllm.forward.MiniLm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {

    @TempDir private Path folder;

    @BeforeAll
    static void switchTheLibraryOffline() {
        MiniLm.prepare();
    }

    /** Ids of bert-base-uncased: [CLS] hello world ! [SEP]. */
    @Test
    void aTextBecomesTheModelsOwnIdsBetweenItsMarks() {
        try (TextTokenizer tokenizer = MiniLm.tokenizer(64)) {
            assertThat(tokenizer.encode("Hello world!")).containsExactly(101, 7592, 2088, 999, 102);
            assertThat(tokenizer.encode("")).containsExactly(101, 102);
            assertThat(tokenizer.padId()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16, 64, 300})
    void aLongTextIsCutToTheLimitWithItsMarksKept(int maxTokens) {
        try (TextTokenizer tokenizer = MiniLm.tokenizer(maxTokens)) {
            long[] ids = tokenizer.encode("word ".repeat(1000));

            assertThat(ids).hasSize(maxTokens).startsWith(101).endsWith(102);
        }
    }

    @Test
    void aMissingOrDamagedFileIsRefusedWithItsName() throws Exception {
        Path damaged = Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": ");

        for (Path file : new Path[] {damaged, folder.resolve("nowhere.json")}) {
            DataException refused =
                    catchThrowableOfType(
                            DataException.class, () -> TextTokenizer.open(file, 16).close());
            assertThat(refused).isNotNull();
            assertThat(refused).hasMessageStartingWith(file + ": is no usable tokenizer.json");
            assertThat(refused.hint()).isNotBlank();
        }
    }

    @Test
    void theLibraryIsNotTouchedBeforeItIsSwitchedOffline() {
        Path file = MiniLm.files().tokenizer();
        String before = System.clearProperty("ai.djl.offline");
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> TextTokenizer.open(file, 16).close())
                    .withMessageContaining("offline");
        } finally {
            System.setProperty("ai.djl.offline", before);
        }
    }
}
