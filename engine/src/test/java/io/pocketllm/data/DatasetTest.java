package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {

    private static final List<String> LABELS = TsvReaderTest.LABELS;

    @TempDir private Path folder;

    @Test
    void theThreePartsOfAFolderAreRead() throws Exception {
        write("train.tsv", "a\tignore\nb\treply now\n");
        write("validation.tsv", "c\tread later\n");
        write("test.tsv", "d\tignore\n");

        Dataset dataset = Dataset.read(folder, LABELS);

        assertThat(dataset.name()).isEqualTo(folder.getFileName().toString());
        assertThat(dataset.labels()).isEqualTo(LABELS);
        assertThat(dataset.train()).containsExactly(new Example("a", 2), new Example("b", 0));
        assertThat(dataset.validation()).containsExactly(new Example("c", 1));
        assertThat(dataset.test()).containsExactly(new Example("d", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train.tsv", "validation.tsv"})
    void aMissingPartIsNamed(String missing) throws IOException {
        for (String part : List.of("train.tsv", "validation.tsv", "test.tsv")) {
            if (!part.equals(missing)) {
                write(part, "a\tignore\n");
            }
        }

        assertThat(refusal(() -> Dataset.read(folder, LABELS)))
                .hasMessage(folder.resolve(missing) + ": there is no such file");
    }

    @Test
    void aProblemIsNamedWithTheFileItIsIn() throws IOException {
        write("train.tsv", "a\tignore\n");
        write("validation.tsv", "a\tspam\n");

        assertThat(refusal(() -> Dataset.read(folder, LABELS)))
                .hasMessageStartingWith(
                        folder.resolve("validation.tsv") + ": line 2 has the label");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path nowhere = folder.resolve("nowhere");

        assertThat(refusal(() -> Dataset.read(nowhere, LABELS)))
                .hasMessage(nowhere + ": there is no such data folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox-nurse", "inbox-mechanic"})
    void aBuiltInDataSetHasAllLabelsInEachPartAndNoTextTwice(String name) throws Exception {
        Dataset dataset = Dataset.builtin(name, LABELS);

        Set<String> texts = new HashSet<>();
        for (List<Example> part : List.of(dataset.train(), dataset.validation(), dataset.test())) {
            assertThat(part).hasSizeGreaterThan(50);
            assertThat(part).extracting(Example::label).contains(0, 1, 2);
            part.forEach(e -> assertThat(texts.add(e.text())).as(e.text()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox", "", "../runs", "inbox-nurse/../inbox-nurse", "INBOX-NURSE"})
    void anUnknownBuiltInNameIsRefusedWithTheNamesThereAre(String name) {
        DataException refused = refusal(() -> Dataset.builtin(name, LABELS));

        assertThat(refused).hasMessageContaining("there is no such built-in data set");
        assertThat(refused.hint()).contains("builtin:inbox-nurse", "builtin:inbox-mechanic");
    }

    private void write(String file, String lines) throws IOException {
        Files.writeString(folder.resolve(file), "text\tlabel\n" + lines);
    }

    private static DataException refusal(ThrowingCallable reading) {
        DataException refused = catchThrowableOfType(DataException.class, reading);
        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused.hint()).isNotBlank();
        return refused;
    }
}
