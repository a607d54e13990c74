package io.pocketllm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that no run file describes. */
class CalibrationTextsTest {

    @TempDir private Path folder;

    private String file(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void labelsAreThoseOfAllFilesInTheOrderTheyCome() throws Exception {
        String json =
                file(
                        "a.jsonl",
                        """
                        {"sentence": "one", "label": true}

                        {"sentence": "two", "label": "b"}
                        """);
        String table = file("b.tsv", "label\ttext\nb\tthree\nc\tfour\n");

        CalibrationTexts read = CalibrationTexts.read(List.of(json, table), 10);

        assertThat(read.labels()).containsExactly("true", "b", "c");
        assertThat(read.examples())
                .extracting(Example::text)
                .containsExactly("one", "two", "three", "four");
        assertThat(read.examples()).extracting(Example::label).containsExactly(0, 1, 1, 2);
        assertThat(read.withoutLabels().labels()).isEmpty();
        assertThat(read.withoutLabels().examples()).allMatch(e -> e.label() == -1);
    }

    @Test
    void textsMayHaveNoLabels() throws Exception {
        String json =
                file("a.jsonl", "{\"text\": \"one\"}\n{\"text\": \"two\", \"label\": null}\n");

        assertThat(CalibrationTexts.read(List.of(json), 10).labels()).isEmpty();
    }

    @Test
    void aSampleOfAnyFileFitsInMemoryAndComesInItsOrder() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            lines.append("{\"text\": \"").append(10_000 + i).append("\"}\n");
        }
        List<Example> kept =
                CalibrationTexts.read(List.of(file("a.jsonl", lines.toString())), 20).examples();

        assertThat(kept).hasSize(20).extracting(Example::text).isSorted().doesNotHaveDuplicates();
        assertThat(kept.getLast().text()).isGreaterThan("10500");
    }

    @Test
    void theBuiltInInboxIsKnownByItsName() throws Exception {
        CalibrationTexts read = CalibrationTexts.read(List.of("builtin:inbox-nurse"), 8);

        assertThat(read.labels()).containsExactlyInAnyOrder("reply now", "read later", "ignore");
        assertThat(read.examples()).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\": \"a\", \"label\": \"x\"} | all records have the label \"x\"",
                "{\"text\": \"a\", \"label\": \"x\"}#{\"text\": \"b\"} | line 2 has no label",
                "{\"text\": \"a\"}#{\"text\": \"b\", \"label\": \"x\"} | line 2 has a label",
                "{\"text\": \"a\", \"label\": \" \"} | line 1 has an empty label",
                "{\"text\": \"a\", \"label\": {}} | line 1 has {} as \"label\"",
                "{\"text\": \"a\", \"label\": 0.5} | line 1 has 0.5 as \"label\"",
                "{\"text\": 7} | line 1 has 7 as \"text\"",
                "{\"text\": \"\"} | line 1 has an empty text",
                "{\"body\": \"a\"} | line 1 has no column for the text",
                "[1] | line 1 holds no JSON object",
                "{ | line 1 is not valid JSON",
                "`` | holds no examples",
            })
    void aBadFileIsRefusedByNameAndLine(String content, String problem) throws Exception {
        String name = file("bad.jsonl", content.replace('#', '\n'));

        DataException refused =
                (DataException) catchThrowable(() -> CalibrationTexts.read(List.of(name), 10));

        assertThat(refused).hasMessageContaining("bad.jsonl").hasMessageContaining(problem);
        assertThat(refused.hint()).isNotBlank();
    }

    @Test
    void numbersThatMeanNoClassesAreRefused() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 101; i++) {
            lines.append("{\"text\": \"a\", \"label\": ").append(i).append("}\n");
        }
        String name = file("a.jsonl", lines.toString());

        assertThat(catchThrowable(() -> CalibrationTexts.read(List.of(name), 10)))
                .hasMessageContaining("line 101 has the label \"100\" after 100 others");
    }

    @ParameterizedTest
    @CsvSource({"nowhere.jsonl, there is no such file", "builtin:inbox, no such built-in data set"})
    void whatIsNotThereIsRefused(String source, String problem) {
        assertThat(catchThrowable(() -> CalibrationTexts.read(List.of(source), 10)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(problem);
    }
}
