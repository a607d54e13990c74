package io.pocketllm.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.chart.XAxis;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.task.InlineTasks;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.StepResult;
import io.pocketllm.zo.TrajectoryHeader;
import io.pocketllm.zo.TrajectoryWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Back to a step of a run, over a real trajectory of three numbers. */
class ReplayViewModelTest {

    @TempDir private Path home;
    private final NoDialogs dialogs = new NoDialogs();
    private final List<String> told = new ArrayList<>();
    private RunsViewModel runs;
    private ReplayViewModel replay;
    private Path run;

    @BeforeEach
    void open() throws Exception {
        Path folder = home.resolve("runs");
        run = SampleRuns.write(folder, 1, "lora", 40, 10, SampleRuns.End.FINISHED);
        SampleRuns.write(folder, 2, "other", 40, 10, SampleRuns.End.FINISHED);
        MethodSpec method = MethodSpec.mezo(MethodSpec.Space.HEAD, 0.1);
        try (ParameterStore start = new ParameterStore()) {
            start.allocate("classifier.bias", 3);
            SafetensorsWriter.write(
                    run.resolve("start.safetensors"),
                    start.tensors(),
                    Map.of("moving", "classifier.bias"));
            try (TrajectoryWriter writer =
                    new TrajectoryWriter(
                            run.resolve("trajectory.zot"),
                            TrajectoryHeader.of(7, method, start.tensors()))) {
                for (int step = 1; step <= 40; step++) {
                    writer.append(new StepResult(step, 1, 1, new float[] {2}, 0.1f, 1));
                }
            }
        }
        over(new InlineTasks());
    }

    private void over(Tasks tasks) {
        runs = new RunsViewModel(new RunLibrary(home.resolve("runs")), tasks, path -> false);
        replay = new ReplayViewModel(runs, dialogs, told::add);
        runs.refresh();
        runs.select(List.of(row("lora")));
    }

    private RunRow row(String name) {
        return runs.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void the_slider_begins_at_the_end_and_says_what_was_measured_at_any_step() {
        assertThat(replay.lastStepProperty().get()).isEqualTo(40);
        assertThat(replay.stepProperty().get()).isEqualTo(40);
        assertThat(runs.overlay().cursorProperty().get()).isEqualTo(40);
        replay.stepProperty().set(20);
        assertThat(runs.overlay().cursorProperty().get()).isEqualTo(20);
        assertThat(replay.moment())
                .hasSize(5)
                .contains("held-out loss 0.542", "accuracy 81.2 %", "phone clock 18 s")
                .anyMatch(said -> said.matches("memory 27\\d MB"));
        runs.overlay().axisProperty().set(XAxis.ELAPSED);
        assertThat(runs.overlay().cursorProperty().get()).isEqualTo(6);
        replay.stepProperty().set(0);
        assertThat(replay.moment())
                .contains("held-out loss 1.320")
                .noneMatch(s -> s.contains("training"));
    }

    @Test
    void several_runs_or_none_have_no_slider() {
        runs.select(List.copyOf(runs.rows()));
        assertThat(replay.lastStepProperty().get()).isZero();
        assertThat(runs.overlay().cursorProperty().get()).isNaN();
        runs.select(List.of(row("other")));
        assertThat(replay.lastStepProperty().get()).isEqualTo(40);
        assertThat(replay.canExport()).isFalse();
    }

    @Test
    void the_parameters_of_a_step_are_written_into_a_new_folder() throws Exception {
        dialogs.file = home;
        replay.stepProperty().set(0);
        replay.export();
        replay.stepProperty().set(3);
        replay.export();
        replay.export();
        String name = run.getFileName() + "-step-3";
        assertThat(told.get(1)).startsWith("Parameters of step 3 written").contains(name);
        Path three = home.resolve(name).resolve("checkpoint.safetensors");
        assertThat(three).hasSameBinaryContentAs(home.resolve(name + "-2/checkpoint.safetensors"));
        try (SafetensorsFile start =
                        SafetensorsFile.open(
                                home.resolve(
                                        run.getFileName() + "-step-0/checkpoint.safetensors"));
                SafetensorsFile moved = SafetensorsFile.open(three)) {
            assertThat(start.tensors().get("classifier.bias").toArray()).containsOnly(0);
            assertThat(moved.tensors().get("classifier.bias").toArray()).doesNotContain(0);
        }
        assertThat(replay.exportingProperty().get()).isFalse();
    }

    @Test
    void a_cancelled_export_writes_nothing() {
        List<Runnable> waiting = new ArrayList<>();
        InlineTasks inline = new InlineTasks();
        over(inline);
        RunsViewModel held =
                new RunsViewModel(
                        new RunLibrary(home.resolve("runs")),
                        new Tasks() {
                            private int count;

                            @Override
                            public <T> void run(
                                    Callable<T> work,
                                    Consumer<T> done,
                                    Consumer<Exception> failed) {
                                // The list and the series come at once, the export waits.
                                if (count++ < 2) {
                                    inline.run(work, done, failed);
                                } else {
                                    waiting.add(() -> inline.run(work, done, failed));
                                }
                            }

                            @Override
                            public void onScreen(Runnable action) {
                                action.run();
                            }

                            @Override
                            public Ticker every(Duration period, Runnable action) {
                                return inline.every(period, action);
                            }
                        },
                        path -> false);
        ReplayViewModel slow = new ReplayViewModel(held, dialogs, told::add);
        held.refresh();
        held.select(held.rows().stream().filter(r -> r.name().equals("lora")).toList());
        dialogs.file = home;
        slow.export();
        assertThat(slow.exportingProperty().get()).isTrue();
        slow.cancel();
        waiting.forEach(Runnable::run);
        assertThat(told).containsExactly("Cancelled; nothing was written.");
        assertThat(slow.exportingProperty().get()).isFalse();
        assertThat(home.resolve(run.getFileName() + "-step-40")).doesNotExist();
    }

    @Test
    void what_cannot_be_replayed_is_said() throws Exception {
        Files.write(run.resolve("trajectory.zot"), new byte[20]);
        dialogs.file = home;
        replay.export();
        assertThat(told.getFirst()).contains("is no trajectory");
    }
}
