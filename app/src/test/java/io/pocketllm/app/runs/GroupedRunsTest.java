package io.pocketllm.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.app.chart.OverlayLine;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.run.MeanAndDeviation;
import io.pocketllm.run.RunLibrary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds taken together, and runs held against one of them. */
class GroupedRunsTest {

    @TempDir private Path folder;
    private final Map<String, String> kept = new HashMap<>();
    private RunsViewModel runs;

    @BeforeEach
    void open() throws IOException {
        for (int seed = 1; seed <= 3; seed++) {
            SampleRuns.write(
                    folder,
                    seed,
                    "lora",
                    40,
                    8 + 4 * seed,
                    SampleRuns.End.FINISHED,
                    "seed",
                    "" + seed);
        }
        SampleRuns.write(folder, 4, "lora", 40, 10, SampleRuns.End.DIVERGED, "seed", "4");
        SampleRuns.write(
                folder, 5, "large", 40, 30, SampleRuns.End.FINISHED, "training.batchSize", "64");
        runs = started();
    }

    private RunsViewModel started() {
        RunsViewModel fresh =
                new RunsViewModel(
                        new RunLibrary(folder),
                        new InlineTasks(),
                        path -> false,
                        new Remembered() {
                            @Override
                            public String get(String key) {
                                return kept.getOrDefault(key, "");
                            }

                            @Override
                            public void put(String key, String value) {
                                kept.put(key, value);
                            }
                        });
        fresh.refresh();
        return fresh;
    }

    private RunRow row(String name) {
        return runs.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void runs_that_differ_in_their_seed_alone_are_one_row_over_the_finished_ones() {
        runs.groupedProperty().set(true);
        assertThat(runs.rows()).extracting(RunRow::name).containsExactly("large", "lora × 4");
        RunRow group = row("lora × 4");
        double[] accuracies = group.counted().stream().mapToDouble(Figure.ACCURACY::of).toArray();
        assertThat(accuracies).hasSize(3);
        MeanAndDeviation expected = MeanAndDeviation.of(accuracies);
        assertThat(group.figure(Figure.ACCURACY)).isEqualTo(expected);
        assertThat(expected.deviation()).isPositive();
        assertThat(group.state()).isEqualTo("3 of 4 finished");
        assertThat(Figure.ACCURACY.print(group.figure(Figure.ACCURACY)))
                .matches("\\d\\d\\.\\d ± \\d\\.\\d %");
        assertThat(RowCount.of(runs)).isEqualTo("2 groups of 5 runs");
    }

    @Test
    void the_overlay_of_a_group_is_the_mean_of_its_finished_runs() {
        runs.groupedProperty().set(true);
        runs.select(List.of(row("lora × 4")));
        OverlayLine line = runs.overlay().lines().getFirst();
        assertThat(line.members()).hasSize(3);
        MeanAndDeviation at20 = line.at(Quantity.HELD_OUT_LOSS, XAxis.STEP, 20);
        double mean = 0;
        for (double half : new double[] {12, 16, 20}) {
            mean += (0.42 + 0.9 * Math.exp(-20 / half)) / 3;
        }
        assertThat(at20.mean()).isCloseTo(mean, within(1e-6));
        assertThat(runs.overlay().readOut(20)).contains("lora × 4").contains(" ± ");
    }

    @Test
    void the_selection_goes_with_the_runs_when_they_are_grouped_and_back() {
        runs.select(List.of(row("large")));
        runs.groupedProperty().set(true);
        assertThat(runs.selected()).extracting(RunRow::name).containsExactly("large");
        runs.select(List.of(row("lora × 4")));
        assertThat(runs.differences())
                .containsExactly(new Difference("seed", List.of("4", "3", "2", "1")));
        runs.groupedProperty().set(false);
        assertThat(runs.selected()).hasSize(4);
    }

    @Test
    void runs_are_held_against_the_baseline_also_after_a_new_start() {
        RunRow large = row("large");
        RunRow lora = runs.rows().getLast();
        runs.select(List.of(large));
        runs.pinSelected();
        double difference = runs.baseline().difference(Figure.LOSS, lora);
        assertThat(difference).isCloseTo(lora.run().loss() - large.run().loss(), within(1e-12));
        assertThat(Figure.LOSS.better(difference)).isTrue();
        assertThat(runs.baseline().difference(Figure.LOSS, large)).isNaN();
        runs.select(List.of(large, lora));
        runs.overlay().quantityProperty().set(Quantity.ACCURACY);
        assertThat(runs.overlay().readOut(40))
                .matches("(?s).*lora  84\\.\\d % \\(\\+.* points\\).*");

        runs = started();
        assertThat(runs.baseline().row().name()).isEqualTo("large");
        runs.select(List.of(row("large")));
        runs.pinSelected();
        assertThat(runs.baseline().row()).isNull();
        assertThat(started().baseline().row()).isNull();
    }

    @Test
    void a_markdown_table_has_what_differs_and_the_results() {
        runs.groupedProperty().set(true);
        runs.baseline().pin(row("large"));
        List<String> lines =
                MarkdownTable.of(List.copyOf(runs.rows()), runs.baseline()).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .isEqualTo(
                        "| run | training.batchSize | seed | accuracy | loss | peak memory | time | state |");
        assertThat(lines.get(2)).startsWith("| large (baseline) | 64 | 7 | ");
        assertThat(lines.get(3))
                .startsWith("| lora × 4 | 16 | 4, 3, 2, 1 | ")
                .contains(" ± ")
                .contains(" (+")
                .endsWith("| 3 of 4 finished |");
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.chars().filter(c -> c == '|')).hasSize(9));
    }

    @Test
    void archived_runs_are_out_of_sight_until_they_are_asked_for() {
        runs.select(List.of(row("large")));
        runs.archiveSelected();
        assertThat(runs.shown()).extracting(RunRow::name).doesNotContain("large");
        assertThat(runs.selected()).isEmpty();
        assertThat(RowCount.of(runs)).isEqualTo("4 runs, 1 archived");
        runs = started();
        assertThat(runs.shown()).hasSize(4);
        runs.archivedShownProperty().set(true);
        assertThat(runs.shown()).hasSize(5);
        runs.select(List.of(row("large")));
        runs.archiveSelected();
        assertThat(row("large").archived()).isFalse();
        assertThat(runs.selected()).hasSize(1);
    }

    @Test
    void a_run_from_elsewhere_is_listed_selected_and_taken_off_without_being_deleted(
            @TempDir Path elsewhere) throws IOException {
        Path phone = SampleRuns.write(elsewhere, 9, "from-phone", 40, 9, SampleRuns.End.FINISHED);
        runs.open(phone.resolve("run.json"));
        assertThat(runs.selected()).extracting(RunRow::name).containsExactly("from-phone");
        runs = started();
        runs.select(List.of(row("from-phone")));
        runs.deleteSelected();
        assertThat(runs.undoTextProperty().get()).contains("The folder stays");
        assertThat(phone.resolve("run.json")).exists();
        assertThat(started().rows()).hasSize(5);
        runs.undoDelete();
        assertThat(started().rows()).hasSize(6);

        runs.open(elsewhere);
        assertThat(runs.problemProperty().get()).contains("is no run folder");
        assertThat(runs.rows()).hasSize(6);
    }
}
