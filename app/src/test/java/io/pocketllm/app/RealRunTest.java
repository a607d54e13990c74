package io.pocketllm.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.setup.RunSource;
import io.pocketllm.app.shell.WorkbenchWindow;
import io.pocketllm.app.sweep.SweepEngine;
import io.pocketllm.app.sweep.SweepsViewModel;
import io.pocketllm.app.train.RunState;
import io.pocketllm.app.train.TrainViewModel;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.HostMeter;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The real window over the real worker: nothing is made up. */
@ExtendWith(ApplicationExtension.class)
class RealRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir static Path home;

    private final TestWindow setUp = new TestWindow();
    private WorkbenchWindow window;

    @Start
    private void open(Stage stage) throws RunFileException {
        Runs runs = new Runs(Folders.under(home));
        window =
                setUp.launcher(runs)
                        .source(RunSource.of(runs))
                        .phones(DeviceCatalogue.builtin())
                        .meter(() -> new HostMeter.Reading(0, 0, 1L << 30, 1))
                        .sweeps(SweepEngine.of(runs))
                        .show(stage, home, quick(Runs.sample(Runs.samples().getFirst())));
    }

    /** The sample run with few evaluations and nothing measured beside it. */
    private static RunFile quick(RunFile run) throws RunFileException {
        return run.with("training.evaluateEvery", "1000000").with("training.reference", "false");
    }

    @AfterEach
    void end() {
        window.workbench().sweeps().shutDown(Duration.ofSeconds(10)).join();
        train().shutDown(Duration.ofSeconds(10)).join();
        setUp.close();
    }

    private TrainViewModel train() {
        return window.workbench().train();
    }

    private void awaitState(RunState wanted) {
        await().atMost(PATIENCE)
                .failFast(
                        "ended instead: " + wanted,
                        () -> !state().isActive() && state() != wanted && state() != RunState.READY)
                .until(() -> state() == wanted);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private RunState state() {
        return train().stateProperty().get();
    }

    @Test
    void a_real_run_draws_points_pauses_resumes_and_stops(FxRobot robot) {
        robot.clickOn("#primary");
        await().atMost(PATIENCE).until(() -> train().series().loss().values().size() >= 5);
        assertThat(train().series().memory().isEmpty()).isFalse();
        robot.clickOn("#primary");
        awaitState(RunState.PAUSED);
        int paused = train().figures().step();
        robot.clickOn("#primary");
        awaitState(RunState.RUNNING);
        await().atMost(PATIENCE).until(() -> train().figures().step() > paused);
        robot.clickOn("#stop");
        awaitState(RunState.FINISHED);
        assertThat(robot.lookup("#outcome .banner-title").queryAs(Label.class).getText())
                .startsWith("Stopped at step");
    }

    @Test
    void a_real_sweep_runs_each_of_its_combinations_and_ranks_them(FxRobot robot) {
        SweepsViewModel sweeps = window.workbench().sweeps();
        robot.clickOn("#tab-runs").clickOn("#runs-sweeps");
        robot.interact(
                () ->
                        robot.lookup("#sweep-lines")
                                .queryAs(TextArea.class)
                                .setText("training.steps = 3\nmethod.learningRate = 0.1, 0.4"));
        await().atMost(PATIENCE).until(() -> sweeps.draft().fileProperty().get() != null);
        WaitForAsyncUtils.waitForFxEvents();
        robot.clickOn("#sweep-start");
        await().atMost(PATIENCE)
                .until(() -> sweeps.toldProperty().get().equals("All runs are done."));
        await().atMost(PATIENCE).until(() -> sweeps.resultsProperty().get().best().isPresent());
        assertThat(sweeps.resultsProperty().get().runs())
                .hasSize(2)
                .allMatch(run -> run.state() == io.pocketllm.run.sweep.RunState.FINISHED)
                .allMatch(run -> run.step() == 3 && run.loss() > 0 && run.accuracy() > 0);
        assertThat(sweeps.resultsProperty().get().runs().getFirst().peakRssBytes())
                .isGreaterThan(50_000_000);
    }

    @Test
    void a_run_whose_folder_is_taken_away_says_so_goes_on_and_the_next_one_starts(FxRobot robot)
            throws IOException {
        robot.clickOn("#primary");
        await().atMost(PATIENCE).until(() -> train().figures().step() >= 2);
        Path folder = Path.of(train().folder());
        // At once, so that no file of the run comes between.
        Files.move(folder, home.resolve("thrown-away"));
        robot.push(KeyCode.SHORTCUT, KeyCode.DIGIT2);
        awaitNoRowOf(folder);
        await().atMost(PATIENCE).until(() -> train().warningProperty().get() != null);
        robot.push(KeyCode.SHORTCUT, KeyCode.DIGIT1);
        assertThat(robot.lookup("#warning .banner-title").queryAs(Label.class).getText())
                .startsWith("The run folder cannot be written: ")
                .contains("it was deleted or moved");
        robot.push(KeyCode.SHORTCUT, KeyCode.PERIOD);
        await().atMost(PATIENCE).until(() -> !state().isActive());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#outcome .banner-title").queryAs(Label.class).getText())
                .isNotBlank();
        robot.clickOn("#primary");
        await().atMost(PATIENCE).until(() -> train().figures().step() >= 1);
        assertThat(Path.of(train().folder())).isNotEqualTo(folder).isDirectory();
        robot.clickOn("#stop");
        await().atMost(PATIENCE).until(() -> !state().isActive());
    }

    private void awaitNoRowOf(Path folder) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                window.workbench().runs().rows().stream()
                                        .noneMatch(row -> row.folder().equals(folder)));
    }

    @Test
    void a_budget_that_is_too_small_ends_in_a_kill_that_is_explained(FxRobot robot) {
        robot.interact(() -> window.workbench().setup().budgetField().textProperty().set("150"));
        robot.clickOn("#primary");
        awaitState(RunState.KILLED);
        assertThat(robot.lookup("#outcome .banner-title").queryAs(Label.class).getText())
                .contains("low-memory killer");
        assertThat(robot.lookup("#outcome .banner-text").queryAs(Label.class).getText())
                .contains("150 MB");
        assertThat(train().series().killed()).isNotNull();
    }
}
