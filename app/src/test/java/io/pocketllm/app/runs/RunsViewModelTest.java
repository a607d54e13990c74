package io.pocketllm.app.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.OverlayLine;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunNotes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsViewModelTest {

    @TempDir private Path folder;
    private Path going = Path.of("none");
    private RunsViewModel runs;

    @BeforeEach
    void open() throws IOException {
        SampleRuns.write(folder, 1, "lora-r8", 40, 10, SampleRuns.End.FINISHED);
        SampleRuns.write(
                folder,
                2,
                "lozo",
                40,
                20,
                SampleRuns.End.FINISHED,
                "method",
                "{\"preset\": \"lozo\"}");
        SampleRuns.write(
                folder, 3, "too-large", 40, 20, SampleRuns.End.KILLED, "training.batchSize", "64");
        SampleRuns.write(folder, 4, "lost", 40, 20, SampleRuns.End.DIVERGED);
        runs =
                new RunsViewModel(
                        new RunLibrary(folder), new InlineTasks(), path -> path.equals(going));
        runs.refresh();
    }

    private RunRow row(String name) {
        return runs.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    }

    private List<String> names(List<RunRow> rows) {
        return rows.stream().map(RunRow::name).toList();
    }

    @Test
    void a_row_tells_what_a_run_was_and_how_it_ended() {
        RunRow lora = row("lora-r8");
        assertThat(lora.date()).isEqualTo("2026-01-01 12:00");
        assertThat(lora.model()).isEqualTo("all-MiniLM-L6-v2");
        assertThat(lora.method()).startsWith("LoRA");
        assertThat(lora.phone()).isEqualTo("OPPO Reno6 5G");
        assertThat(lora.steps()).isEqualTo(40);
        assertThat(lora.figure(Figure.ACCURACY).mean()).isCloseTo(0.845, within(0.001));
        assertThat(lora.figure(Figure.MEMORY).mean()).isEqualTo(281e6);
        assertThat(lora.state()).isEqualTo("finished");
        assertThat(row("lozo").method()).isEqualTo("LOZO");
        assertThat(row("too-large").state()).isEqualTo("killed: 1,420 of 1,400 MB");
        assertThat(row("lost").state()).isEqualTo("diverged at step 10");
        assertThat(row("lost").alarming()).isTrue();
    }

    @Test
    void the_filter_wants_every_word_somewhere() {
        runs.filterProperty().set("RENO6 lozo");
        assertThat(names(runs.shown())).containsExactly("lozo");
        runs.filterProperty().set("killed");
        assertThat(names(runs.shown())).containsExactly("too-large");
        runs.filterProperty().set(" ");
        assertThat(runs.shown()).hasSize(4);
    }

    @Test
    void selected_runs_are_laid_over_each_other_and_keep_their_colours() {
        runs.select(List.of(row("lora-r8"), row("lozo")));
        assertThat(runs.overlay().lines())
                .extracting(OverlayLine::name)
                .containsExactly("lora-r8", "lozo");
        LineStyle lozo = runs.style(row("lozo"));
        assertThat(lozo).isNotEqualTo(runs.style(row("lora-r8")));
        runs.select(List.of(row("lozo"), row("lost")));
        assertThat(runs.style(row("lozo"))).isEqualTo(lozo);
        assertThat(runs.style(row("lost"))).isNotEqualTo(lozo);
        assertThat(runs.style(row("lora-r8"))).isNull();
        runs.refresh();
        assertThat(names(runs.selected())).containsExactlyInAnyOrder("lozo", "lost");
    }

    @Test
    void the_read_out_names_every_run_and_its_value() {
        runs.select(List.of(row("lora-r8"), row("lozo")));
        runs.overlay().quantityProperty().set(Quantity.ACCURACY);
        assertThat(runs.overlay().readOut(40)).isEqualTo("step 40\nlora-r8  84.5 %\nlozo  81.2 %");
    }

    @Test
    void only_what_differs_is_compared() {
        runs.select(List.of(row("lora-r8"), row("too-large")));
        assertThat(runs.differences())
                .containsExactly(new Difference("training.batchSize", List.of("16", "64")));
        runs.select(List.of(row("lora-r8"), row("lost")));
        assertThat(runs.differences()).isEmpty();
    }

    @Test
    void what_a_preset_decides_is_compared_as_if_it_were_written_out() {
        runs.select(List.of(row("lora-r8"), row("lozo")));
        assertThat(runs.differences())
                .contains(
                        new Difference("method.preset", List.of(Difference.LEFT_OUT, "lozo")),
                        new Difference("method.space", List.of("lora", "full")),
                        new Difference("method.direction", List.of("gaussian", "low-rank")),
                        new Difference("method.learningRate", List.of("0.002", "1e-6")))
                .noneMatch(difference -> difference.key().equals("method.loraRank"));
    }

    @Test
    void a_run_is_renamed_tagged_and_found_by_its_note() {
        runs.select(List.of(row("lozo")));
        runs.write(row("lozo"), new RunNotes("best so far", "paper", "Figure 3", false));
        assertThat(names(runs.selected())).containsExactly("best so far");
        runs.filterProperty().set("figure paper");
        assertThat(names(runs.shown())).containsExactly("best so far");
        runs.refresh();
        assertThat(row("best so far").run().notes().note()).isEqualTo("Figure 3");
    }

    @Test
    void deleted_runs_come_back() {
        runs.select(List.of(row("lozo"), row("lost")));
        runs.deleteSelected();
        assertThat(names(runs.rows())).containsExactly("too-large", "lora-r8");
        assertThat(runs.selected()).isEmpty();
        assertThat(runs.undoTextProperty().get()).isEqualTo("Deleted 2 runs.");
        assertThat(folder.resolve("2026-01-02-120000-lozo")).doesNotExist();
        runs.undoDelete();
        assertThat(names(runs.rows())).containsExactly("lost", "too-large", "lozo", "lora-r8");
        assertThat(runs.undoTextProperty().get()).isEmpty();
    }

    @Test
    void a_run_that_goes_on_is_not_deleted() {
        going = row("lozo").folder();
        runs.select(List.of(row("lozo")));
        runs.deleteSelected();
        assertThat(runs.problemProperty().get()).contains("\"lozo\" is going on");
        assertThat(going).exists();
    }

    @Test
    void the_series_of_several_runs_go_into_one_table() throws IOException {
        runs.write(row("lozo"), new RunNotes("=1+1, \"x\"", "", "", false));
        runs.select(List.of(row("lora-r8"), row("=1+1, \"x\"")));
        StringWriter table = new StringWriter();
        RunExports.writeTable(runs.selected(), table);
        List<String> lines = table.toString().lines().toList();
        assertThat(lines).hasSize(1 + 2 * 41);
        assertThat(lines.get(0)).startsWith("run,step,elapsedSeconds");
        assertThat(lines.get(1)).startsWith("\"lora-r8\",0,");
        assertThat(lines.get(42)).startsWith("\"'=1+1, \"\"x\"\"\",0,");
    }

    @Test
    void a_damaged_run_is_shown_and_takes_nothing_down() throws IOException {
        Path damaged = row("lozo").folder();
        Files.writeString(damaged.resolve("run.json"), "{");
        Files.delete(damaged.resolve("events.ndjson"));
        runs.refresh();
        RunRow row =
                runs.rows().stream()
                        .filter(r -> r.folder().equals(damaged))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.state()).isEqualTo("unreadable");
        runs.select(List.of(row, row("lora-r8")));
        assertThat(runs.compared()).hasSize(1);
        assertThat(runs.overlay().lines()).hasSize(2);
        runs.overlay().axisProperty().set(XAxis.ELAPSED);
        assertThat(runs.overlay().readOut(1)).contains("elapsed");
    }

    @Test
    void a_folder_that_vanished_is_told_and_the_rest_goes_on() throws IOException {
        runs.select(List.of(row("lozo")));
        try (var files = Files.list(row("lozo").folder())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(row("lozo").folder());
        runs.deleteSelected();
        assertThat(runs.problemProperty().get()).contains("\"lozo\" is not deleted");
        runs.refresh();
        assertThat(runs.rows()).hasSize(3);
    }
}
