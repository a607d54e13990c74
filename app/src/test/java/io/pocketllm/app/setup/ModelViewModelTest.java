package io.pocketllm.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.shell.WindowSettings;
import io.pocketllm.app.task.InlineTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelViewModelTest {

    @TempDir private Path folder;

    private final InlineTasks tasks = new InlineTasks();
    private final SetupViewModel setup =
            new SetupViewModel(Sample.source(), Sample.phones(), tasks);
    private final RecentPaths recent = RecentPaths.inMemory();
    private final ModelViewModel model = new ModelViewModel(setup, Sample.source(), tasks, recent);

    @BeforeEach
    void open() {
        setup.show(Sample.file());
    }

    @Test
    void the_runs_own_model_is_looked_into() {
        assertThat(model.summaryProperty().get().path()).isEqualTo("builtin:minilm");
        assertThat(model.openingProperty().get()).isFalse();
        assertThat(model.recent()).isEmpty();
    }

    @Test
    void a_chosen_model_goes_into_the_run_and_is_remembered() {
        model.choose(folder.resolve("opt-125m"));
        String path = folder.resolve("opt-125m").toString();
        assertThat(setup.fileProperty().get().spec().model().path()).isEqualTo(path);
        assertThat(model.summaryProperty().get().name()).isEqualTo("opt-125m");
        assertThat(model.recent()).containsExactly(path);
        assertThat(setup.command()).endsWith("--set model.path=" + path);
    }

    @Test
    void a_model_that_cannot_be_opened_says_why_and_what_to_do_and_is_not_remembered() {
        model.choose(folder.resolve("broken"));
        assertThat(model.problemProperty().get())
                .endsWith("broken: has no tokenizer.json. Download it too.");
        assertThat(model.summaryProperty().get()).isNull();
        assertThat(model.recent()).isEmpty();
        model.choose(ModelViewModel.BUILTIN);
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void a_weights_file_means_its_folder() {
        model.choose(folder.resolve("opt/model.safetensors"));
        assertThat(model.path()).isEqualTo(folder.resolve("opt").toString());
    }

    @Test
    void nothing_is_chosen_while_a_run_goes_on() {
        setup.lockedProperty().set(true);
        model.choose(folder.resolve("opt"));
        assertThat(model.path()).isEqualTo("builtin:minilm");
    }

    @Test
    void the_eight_newest_models_are_kept_over_a_restart() {
        RecentPaths kept = new WindowSettings(folder).recentModels();
        IntStream.rangeClosed(1, 10).forEach(i -> kept.add("/models/m" + i));
        kept.add("/models/m9");
        assertThat(new WindowSettings(folder).recentModels().all())
                .hasSize(8)
                .startsWith("/models/m9", "/models/m10", "/models/m8")
                .doesNotHaveDuplicates();
    }

    @Test
    void the_card_tells_what_the_model_is() {
        assertThat(ModelFacts.of(Sample.summary("bert")))
                .contains(
                        new ModelFacts("architecture", "bert, encoder"),
                        new ModelFacts("layers", "6"),
                        new ModelFacts("· attention", "3.5 M"),
                        new ModelFacts("stored as", "fp32"),
                        new ModelFacts("weights", "90 MB"),
                        new ModelFacts("tied", "cls.decoder.weight = embeddings.word.weight"),
                        new ModelFacts("vocabulary", "30,522"),
                        new ModelFacts("context", "512"),
                        new ModelFacts("objectives", "class-head, label-word"));
    }

    @Test
    void a_dropped_path_is_told_by_what_it_is() throws Exception {
        assertThat(DroppedPath.of(Path.of("a.onnx"))).isEqualTo(DroppedPath.MODEL);
        assertThat(DroppedPath.of(Path.of("a.TSV"))).isEqualTo(DroppedPath.DATA);
        assertThat(DroppedPath.of(Path.of("a.json"))).isEqualTo(DroppedPath.RUN);
        assertThat(DroppedPath.of(Path.of("a.docx"))).isEqualTo(DroppedPath.UNKNOWN);
        assertThat(DroppedPath.of(folder)).isEqualTo(DroppedPath.DATA);
        Files.writeString(folder.resolve("config.json"), "{}");
        assertThat(DroppedPath.of(folder)).isEqualTo(DroppedPath.MODEL);
        Files.writeString(folder.resolve("run.json"), "{}");
        assertThat(DroppedPath.of(folder)).isEqualTo(DroppedPath.RUN);
    }
}
