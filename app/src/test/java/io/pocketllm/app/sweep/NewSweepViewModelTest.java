package io.pocketllm.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakeSweeps;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.SweepFile;
import io.pocketllm.run.sweep.TooLarge;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sweep as it is typed. */
class NewSweepViewModelTest {

    @TempDir private Path home;

    private final InlineTasks tasks = new InlineTasks();
    private FakeSweeps engine;
    private NewSweepViewModel draft;

    @BeforeEach
    void typeOverTheSample() {
        engine = new FakeSweeps(home);
        draft = new NewSweepViewModel(engine, tasks);
        draft.base(Sample.file());
    }

    private void type(String lines) {
        draft.linesProperty().set(lines);
        tasks.tick();
    }

    @Test
    void every_value_goes_with_every_other() {
        type("method.learningRate = 0.1, 0.3, 1\n\nseed = 1, 2\n");
        assertThat(draft.problemProperty().get()).isEmpty();
        assertThat(draft.verdictProperty().get())
                .isEqualTo("6 runs, all within the memory of their phones.");
        assertThat(draft.fileProperty().get().combinations().get(1).describe())
                .isEqualTo("learningRate=0.1, seed=2");
    }

    @Test
    void the_goal_and_a_range_are_those_of_a_sweep_file() {
        draft.goalProperty().set(Goal.LOSS);
        type(
                "method.learningRate = {\"from\": 0.001, \"to\": 0.1, \"scale\": \"log\", \"count\": 3}");
        assertThat(draft.fileProperty().get().spec().goal()).isEqualTo(Goal.LOSS);
        assertThat(draft.fileProperty().get().combinations())
                .extracting(c -> c.describe())
                .containsExactly("learningRate=0.001", "learningRate=0.01", "learningRate=0.1");
    }

    @Test
    void draws_are_typed_and_repeat_themselves() {
        String lines =
                "method.learningRate ~ log 1e-4 .. 1e-2\n"
                        + "training.batchSize ~ 4, 8, 16\nseed = 1\nrandom 20";
        type(lines);
        assertThat(draft.problemProperty().get()).isEmpty();
        SweepFile drawn = draft.fileProperty().get();
        assertThat(drawn.combinations()).hasSize(20);
        assertThat(drawn.combinations())
                .allSatisfy(
                        run -> {
                            assertThat(run.settings().get("method.learningRate").doubleValue())
                                    .isBetween(1e-4, 1e-2);
                            assertThat(run.settings().get("training.batchSize").intValue())
                                    .isIn(4, 8, 16);
                        });
        type(lines + " seed 3");
        assertThat(draft.fileProperty().get().combinations()).isNotEqualTo(drawn.combinations());
        type(lines);
        assertThat(draft.fileProperty().get().combinations()).isEqualTo(drawn.combinations());
    }

    @Test
    void the_file_that_is_saved_means_the_same_sweep() throws Exception {
        type("method.learningRate ~ 1e-4 .. 1e-2\nrandom 5");
        SweepFile typed = draft.fileProperty().get();
        Path file = home.resolve("sweep.json");
        draft.save(file);
        assertThat(draft.verdictProperty().get()).isEqualTo("Saved sweep.json.");
        assertThat(SweepFile.read(file).combinations()).isEqualTo(typed.combinations());
        draft.save(home.resolve("nowhere/sweep.json"));
        assertThat(draft.problemProperty().get()).contains("nowhere", "cannot be written");
    }

    @Test
    void a_path_above_this_folder_is_no_range() {
        type("data.path = ../a, ../b");
        assertThat(draft.problemProperty().get()).doesNotContain("range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    method.learningRate              | line 1: "method.learningRate" is no key with values
                    seed = 1, 2,                     | line 1: a value is missing
                    seed = [1, 2                     | line 1: is not valid JSON
                    method.learningRat = 0.1         | learningRat
                    method.learningRate = 0.1, -3    | learningRate=-3
                    training.batchSize = 8, many     | batchSize=many
                    method.learningRate = 1e-4 .. 1  | line 1: "1e-4 .. 1" is a range
                    method.learningRate ~ 1e-4 .. 1  | line 1: ~ draws values, and no line says
                    method.learningRate ~ 1 .. x     | line 1: "x" is no number. Expected: numbers with ..
                    method.learningRate ~ 2 .. 1     | line 1: "2 .. 1" does not rise
                    random many                      | line 1: "random many" says no number of runs. Expected: random
                    random 0                         | line 1: random 0 is no number of runs. Expected: from 1
                    """)
    void what_cannot_be_is_refused_in_the_engines_words(String lines, String words) {
        type(lines);
        assertThat(draft.problemProperty().get()).contains(words);
        assertThat(draft.fileProperty().get()).isNull();
        assertThat(draft.verdictProperty().get()).isEmpty();
    }

    @Test
    void a_key_on_two_lines_is_refused() {
        type("seed = 1\nseed = 2");
        assertThat(draft.problemProperty().get()).contains("line 2: seed was there before");
    }

    @Test
    void it_cannot_be_started_between_typing_and_the_check() {
        draft.linesProperty().set("seed = 1, 2, 3, 4");
        assertThat(draft.fileProperty().get()).isNull();
        tasks.tick();
        assertThat(draft.fileProperty().get().combinations()).hasSize(4);
    }

    @Test
    void what_the_phone_would_end_is_told() {
        type("training.batchSize = 8, 2048");
        var large = draft.fileProperty().get().combinations().get(1);
        engine.tooLarge = Map.of(large, new TooLarge(9_000_000_000L, 4_000_000_000L, "x"));
        type("training.batchSize = 8, 2049");
        assertThat(draft.verdictProperty().get())
                .isEqualTo(
                        "2 runs; 1 will be skipped, since the phone would end it: 9,000 MB planned,"
                                + " 4,000 MB granted.");
    }
}
