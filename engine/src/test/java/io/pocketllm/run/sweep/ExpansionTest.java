package io.pocketllm.run.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.pocketllm.run.RunFile;
import io.pocketllm.run.SmallInbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters to combinations, and combinations to run files. */
@Timeout(30)
class ExpansionTest {

    private static List<String> described(String rest) throws Exception {
        return SmallSweep.parse(rest).combinations().stream().map(Combination::describe).toList();
    }

    @Test
    void a_grid_has_every_value_with_every_other_and_the_last_one_changes_fastest()
            throws Exception {
        assertThat(
                        described(
                                "\"parameters\": { \"method.learningRate\": [0.1, 1e-5],"
                                        + " \"training.batchSize\": [4], \"seed\": [1, 2] }"))
                .containsExactly(
                        "learningRate=0.1, seed=1",
                        "learningRate=0.1, seed=2",
                        "learningRate=0.00001, seed=1",
                        "learningRate=0.00001, seed=2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        {"from": 0.0001, "to": 0.01, "scale": "log", "count": 3}            | 0.0001 0.001 0.01
        {"from": 0.001, "to": 0.1, "scale": "log", "count": 5}              | 0.001 0.00316228 0.01 0.0316228 0.1
        {"from": 0, "to": 1, "count": 5}                                    | 0 0.25 0.5 0.75 1
        {"from": 0.1, "to": 0.4, "scale": "linear", "count": 4}             | 0.1 0.2 0.3 0.4
        {"from": 0.123456789, "to": 1, "count": 2}                          | 0.123456789 1
        """)
    void a_range_is_spread_evenly_with_both_its_ends(String range, String values) throws Exception {
        assertThat(described("\"parameters\": { \"method.learningRate\": " + range + " }"))
                .containsExactly(
                        Arrays.stream(values.split(" "))
                                .map(value -> "learningRate=" + value)
                                .toArray(String[]::new));
    }

    @Test
    void a_whole_range_gives_whole_numbers_that_a_run_file_takes_as_such() throws Exception {
        SweepFile file =
                SmallSweep.parse(
                        "\"parameters\": { \"training.batchSize\":"
                                + " {\"from\": 4, \"to\": 64, \"scale\": \"log\", \"count\": 3, \"whole\": true} }");
        assertThat(file.combinations())
                .extracting(c -> file.runFile(c).spec().training().batchSize())
                .containsExactly(4, 16, 64);
    }

    @Test
    void values_keep_their_types_may_be_objects_and_null_takes_a_key_out() throws Exception {
        SweepFile file =
                SmallSweep.parse(
                        "\"parameters\": { \"method\": [{\"space\": \"head\", \"learningRate\": 1},"
                                + " {\"preset\": \"mezo\", \"space\": \"full\", \"learningRate\": 0.5}],"
                                + " \"device.threads\": [null, 2] }");
        List<RunFile> runs = new ArrayList<>();
        for (Combination combination : file.combinations()) {
            runs.add(file.runFile(combination));
        }
        assertThat(runs)
                .extracting(
                        run -> run.spec().method().learningRate(),
                        run -> run.spec().device().threads())
                .containsExactly(tuple(1.0, null), tuple(1.0, 2), tuple(0.5, null), tuple(0.5, 2));
        assertThat(runs.getLast().spec().name()).contains("Untitled sweep: ", "threads=2");
    }

    @Test
    void random_draws_are_the_same_each_time_different_by_seed_and_stay_when_more_are_drawn()
            throws Exception {
        String parameters =
                "\"parameters\": { \"method.learningRate\": {\"from\": 1e-4, \"to\": 1, \"scale\": \"log\"},"
                        + " \"training.batchSize\": {\"from\": 1, \"to\": 8, \"whole\": true},"
                        + " \"method.update\": [\"sgd\", \"sign\"] }, \"search\": \"random\", ";
        List<String> ten = described(parameters + "\"runs\": 10, \"seed\": 5");
        assertThat(ten).hasSize(10).doesNotHaveDuplicates();
        assertThat(described(parameters + "\"runs\": 10, \"seed\": 5")).isEqualTo(ten);
        assertThat(described(parameters + "\"runs\": 30, \"seed\": 5"))
                .startsWith(ten.toArray(String[]::new));
        assertThat(described(parameters + "\"runs\": 10, \"seed\": 6")).isNotEqualTo(ten);
        // Written down once: they must be the same on another computer and in a later version.
        assertThat(ten.getFirst()).isEqualTo("learningRate=0.0835756, batchSize=2, update=sgd");
    }

    @Test
    void draws_of_a_log_range_are_spread_over_its_decades() throws Exception {
        SweepFile file =
                SmallSweep.parse(
                        "\"parameters\": { \"method.learningRate\": {\"from\": 1e-4, \"to\": 1, \"scale\": \"log\"} },"
                                + " \"search\": \"random\", \"runs\": 2000");
        int[] decades = new int[4];
        for (Combination combination : file.combinations()) {
            double rate = combination.settings().get("method.learningRate").doubleValue();
            assertThat(rate).isBetween(1e-4, 1.0);
            decades[(int) Math.min(3, Math.floor(4 + Math.log10(rate)))]++;
        }
        // 500 each by chance, standard deviation 19.
        assertThat(decades).satisfies(d -> assertThat(d[0]).isBetween(400, 600));
        assertThat(decades).satisfies(d -> assertThat(d[3]).isBetween(400, 600));
    }

    @Test
    void a_small_space_can_be_drawn_to_its_last_combination() throws Exception {
        List<String> all =
                described(
                        "\"parameters\": { \"seed\": [1, 2, 3], \"training.batchSize\": [1, 2] },"
                                + " \"search\": \"random\", \"runs\": 6");
        assertThat(new HashSet<>(all)).hasSize(6);
    }

    @Test
    void a_base_beside_the_sweep_file_brings_its_own_paths_and_need_not_be_whole(
            @TempDir Path folder) throws Exception {
        Path runs = Files.createDirectories(folder.resolve("runs"));
        Files.writeString(
                runs.resolve("base.json"),
                SmallInbox.json("data", "head", 3)
                        .replace("\"learningRate\": 1e-4", "\"update\": \"sgd\""));
        Files.writeString(
                folder.resolve("sweep.json"),
                "{ \"version\": 1, /* with a comment */ \"base\": \"runs/base.json\", \"parameters\":"
                        + " { \"method.learningRate\": [1], \"data.path\": [\"a\", \"/b\", \"builtin:inbox-nurse\"] } }");
        SweepFile file = SweepFile.read(folder.resolve("sweep.json"));
        assertThat(file.combinations())
                .extracting(c -> file.runFile(c).spec().data().path())
                .containsExactly(folder.resolve("a").toString(), "/b", "builtin:inbox-nurse");

        // The text of it means the same in any folder.
        SweepFile again = SweepFile.parse("copy", Path.of("/elsewhere"), file.toJson());
        assertThat(again.toJson()).isEqualTo(file.toJson());
        assertThat(again.combinations()).isEqualTo(file.combinations());
    }

    @Test
    void steps_of_the_command_line_hold_for_every_run() throws Exception {
        SweepFile file = SmallSweep.parse("\"parameters\": { \"seed\": [1, 2] }").withSteps(4);
        assertThat(file.combinations())
                .extracting(c -> file.runFile(c).spec().training().steps())
                .containsExactly(4, 4);
    }

    @Test
    void the_ready_made_sweep_opens() throws Exception {
        for (String id : SweepFile.samples()) {
            SweepFile file = SweepFile.open("sample:" + id);
            assertThat(file.combinations()).hasSizeBetween(4, 12);
            assertThat(file.combinations().getFirst().varied()).containsKey("seed");
        }
    }
}
