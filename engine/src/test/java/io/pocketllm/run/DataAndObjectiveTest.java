package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pocketllm.data.DataFormat;
import io.pocketllm.data.Dataset;
import io.pocketllm.data.Sampling;
import io.pocketllm.forward.MiniLm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The data and objective sections of a run file, and the data they lead to. */
@Timeout(60)
class DataAndObjectiveTest {

    @TempDir private Path folder;

    private RunFile file(String data, String objective) throws Exception {
        ObjectNode root = (ObjectNode) RunFile.MAPPER.readTree(SmallInbox.json("data", "head", 3));
        root.set("data", RunFile.MAPPER.readTree(data));
        root.set("objective", RunFile.MAPPER.readTree(objective));
        return RunFile.parse("run.json", folder, root.toString());
    }

    @Test
    void whatIsLeftOutHasItsDocumentedDefault() throws Exception {
        RunSpec spec = RunFile.parse("run.json", folder, SmallInbox.json("data", "head", 3)).spec();

        assertThat(spec.data().sampling())
                .isEqualTo(new Sampling(null, null, 100_000, 2000, 2000, 11));
        assertThat(spec.data().format()).isNull();
        assertThat(spec.data().skipBadLines()).isFalse();
        assertThat(spec.objective().template()).isNull();
        assertThat(spec.training().lengthBucketing()).isFalse();
    }

    @Test
    void aPresetGivesWordsTemplateAndColumnsAndTheRunFileOverridesThem() throws Exception {
        RunSpec spec =
                file(
                                "{\"path\":\"d\",\"columns\":{\"text\":\"review\"},\"fewShot\":16}",
                                "{\"kind\":\"label-word\",\"preset\":\"sst-2\",\"labels\":"
                                        + "{\"positive\":\"good\",\"negative\":\"bad\"}}")
                        .spec();

        assertThat(spec.objective().template().source()).isEqualTo("{text} It was {mask}.");
        assertThat(spec.objective().labels())
                .isEqualTo(Map.of("positive", "good", "negative", "bad"));
        assertThat(spec.data().shape().columns())
                .containsEntry("text", List.of("review"))
                .containsEntry("label", List.of("label"));
        assertThat(spec.data().shape().labelNames()).containsExactly("negative", "positive");
        assertThat(spec.data().sampling().fewShotValidation()).isEqualTo(16);
    }

    @Test
    void anAnswerWithoutLabelsIsGeneration() throws Exception {
        RunSpec plain = file("{\"path\":\"d\"}", "{\"kind\":\"answer\"}").spec();
        RunSpec squad =
                file("{\"path\":\"d\"}", "{\"kind\":\"answer\",\"preset\":\"squad\"}").spec();

        assertThat(plain.objective().labels()).isEmpty();
        assertThat(plain.objective().template().source()).isEqualTo("{prompt}{answer}");
        assertThat(squad.data().shape().texts()).containsExactly("title", "context", "question");
    }

    @Test
    void aTemplateMayUseAnyTextWhoseColumnIsNamed() throws Exception {
        RunSpec spec =
                file(
                                "{\"path\":\"d\",\"columns\":{\"author\":\"by\"}}",
                                "{\"kind\":\"answer\",\"template\":\"{author}: {text} {answer}\"}")
                        .spec();

        assertThat(spec.data().shape().texts()).containsExactly("author", "text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"kind\":\"label-word\"'; objective.labels; is missing",
                "'\"kind\":\"label-word\",\"labels\":{\"a\":\"x\",\"b\":\"y\"}'; objective.template; is missing",
                "'\"kind\":\"label-word\",\"preset\":\"sst-2\",\"template\":\"{text}\"'; objective.template; has no {mask}",
                "'\"kind\":\"answer\",\"template\":\"{title} {answer}\"'; objective.template; unknown place {title}",
                "'\"kind\":\"answer\",\"preset\":\"trec\"'; objective.preset; has no wording",
                "'\"kind\":\"label-word\",\"preset\":\"squad\"'; objective.preset; has no wording",
                "'\"kind\":\"answer\",\"labels\":{}'; objective.labels; lists 0 labels",
                "'\"preset\":\"sst2\"'; objective.preset; is \"sst2\"",
                "'\"preset\":\"sst-2\",\"template\":\"{text}\"'; objective.template; does not go with",
                "'\"preset\":\"sst-2\",\"verbaliser\":1'; objective.verbaliser; is not a key"
            })
    void anImpossibleObjectiveIsRefusedByItsKey(String objective, String key, String problem) {
        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () -> file("{\"path\":\"d\"}", "{" + objective + "}"));

        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused.key()).isEqualTo(key);
        assertThat(refused).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'\"format\":\"xml\"'; data.format; is \"xml\"",
                "'\"columns\":{\"title\":\"t\"}'; data.columns.title; is not a key",
                "'\"columns\":{\"text\":3}'; data.columns.text; is 3",
                "'\"labelNames\":[\"spam\"]'; data.labelNames; names \"spam\"",
                "'\"labelNames\":\"spam\"'; data.labelNames; is \"spam\"",
                "'\"fewShot\":0'; data.fewShot; is 0",
                "'\"maxExamples\":{\"dev\":5}'; data.maxExamples.dev; is not a key",
                "'\"splits\":{\"validation\":0}'; data.splits.validation; is 0",
                "'\"splits\":{\"validation\":0.5,\"test\":0.5}'; data.splits.validation; take 1.0",
                "'\"onBadLine\":\"ignore\"'; data.onBadLine; is \"ignore\"",
                "'\"files\":{\"train\":\"a\",\"validation\":\"b\"}'; data.files; together with data.path"
            })
    void impossibleDataIsRefusedByItsKey(String data, String key, String problem) {
        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () ->
                                file(
                                        "{\"path\":\"d\"," + data + "}",
                                        "{\"labels\":{\"a\":\"x\",\"b\":\"y\"}}"));

        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused.key()).isEqualTo(key);
        assertThat(refused).hasMessageContaining(problem);
    }

    @Test
    void oneFileIsCutAndFilesOfPartsAreReadFromTheRunFilesFolder() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append("{\"sentence\":\"number ").append(i).append("\",\"label\":");
            lines.append(i % 2).append("}\n");
        }
        Files.writeString(folder.resolve("all.jsonl"), lines);
        String objective = "{\"kind\":\"label-word\",\"preset\":\"sst-2\"}";

        Dataset cut = RunInputs.dataset(file("{\"path\":\"all.jsonl\"}", objective));
        RunFile named =
                file(
                        "{\"files\":{\"train\":\"all.jsonl\",\"validation\":\"all.jsonl\"},"
                                + "\"fewShot\":3,\"format\":\"jsonl\"}",
                        objective);
        Dataset parts = RunInputs.dataset(named);

        assertThat(cut.train()).hasSize(32);
        assertThat(cut.validation()).hasSize(4);
        assertThat(cut.test()).hasSize(4);
        assertThat(parts.train()).hasSize(6);
        assertThat(parts.warnings()).hasSize(1);
        assertThat(named.spec().data().format()).isEqualTo(DataFormat.JSON_LINES);
        assertThat(RunInputs.dataset(named.absolute()).train()).isEqualTo(parts.train());
    }

    @Test
    void labelWordsThatTheModelHasAreTokenised() throws Exception {
        Path data = SmallInbox.data(folder.resolve("data"));
        RunFile file =
                file(
                        "{\"path\":\"" + data.getFileName() + "\"}",
                        "{\"kind\":\"label-word\",\"template\":\"{text} It is {mask}.\",\"labels\":"
                                + "{\"reply now\":\"urgent\",\"read later\":\"interesting\","
                                + "\"ignore\":\"rubbish\"}}");

        Splits splits =
                Splits.tokenize(
                        RunInputs.dataset(file), file.spec().objective(), MiniLm.model(), 32);

        assertThat(splits.train().batch(0, 1, 2).answers().size()).isEqualTo(3);
        assertThat(splits.descriptions()).isNull();
    }
}
