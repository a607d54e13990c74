package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.runs.RunRow;
import io.pocketllm.app.train.RunState;
import io.pocketllm.run.ExitCode;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Disks that are full, folders that vanish, workers that crash: the window lives and says so. */
@ExtendWith(ApplicationExtension.class)
class HardTimesTest {

    /** Every write to it fails as on a full disk. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
    private final NoDialogs dialogs = setUp.dialogs();
    private WorkbenchWindow window;

    @Start
    private void open(Stage stage) throws IOException {
        Path runs = home.resolve("runs");
        SampleRuns.write(runs, 1, "good", 40, 10, SampleRuns.End.FINISHED);
        window = setUp.show(stage, home);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private FakeRun start(FxRobot robot, int nth) {
        robot.interact(() -> robot.lookup("#loss-chart").query().requestFocus());
        robot.push(KeyCode.SHORTCUT, KeyCode.R);
        awaitTrue(() -> setUp.launcher().count() == nth);
        FakeRun run = setUp.launcher().last();
        run.say(Sample.started(512 * Sample.MB, 600));
        run.say(Sample.step(1, 1.2));
        awaitTrue(() -> window.workbench().train().figures().step() == 1);
        return run;
    }

    @Test
    void a_worker_that_crashes_is_said_with_a_report_and_the_next_run_starts(FxRobot robot) {
        FakeRun run = start(robot, 1);
        run.exit(ExitCode.INTERNAL_ERROR);
        awaitTrue(() -> window.workbench().train().stateProperty().get() == RunState.FAILED);
        assertThat(robot.lookup("#outcome .banner-text").queryAs(Label.class).getText())
                .contains("The worker ended without saying why (exit code ");
        robot.clickOn("#banner-copy-report");
        assertThat(dialogs.copied.getLast())
                .contains("inbox-nurse")
                .containsPattern("ONNX Runtime +1\\.26\\.0")
                .doesNotContain(System.getProperty("user.home") + "/");
        assertThat(text(robot, "#primary")).isEqualTo("Start again");
        start(robot, 2);
        assertThat(text(robot, "#status-state")).isEqualTo("Step 1 of 600");
    }

    @Test
    void a_full_disk_is_said_with_what_to_do_in_train_and_in_runs(FxRobot robot) {
        assumeThat(FULL).exists();
        start(robot, 1);
        dialogs.file = FULL;
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        robot.push(KeyCode.SHORTCUT, KeyCode.P);
        robot.push(KeyCode.SHORTCUT, KeyCode.S);
        robot.push(KeyCode.SHORTCUT, KeyCode.DIGIT2);
        awaitTrue(() -> table(robot).getItems().size() == 1);
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        awaitTrue(() -> dialogs.problems.size() == 4);
        assertThat(dialogs.problems)
                .allSatisfy(
                        problem -> {
                            assertThat(problem.title()).isEqualTo("Not saved: full");
                            assertThat(problem.what()).isNotBlank().doesNotContain("null");
                            assertThat(problem.toDo()).contains("free space");
                            assertThat(problem.report())
                                    .contains("IOException")
                                    .containsPattern("version +\\d");
                        });
        assertThat(Files.isRegularFile(FULL)).isFalse();
    }

    private static TableView<RunRow> table(FxRobot robot) {
        return robot.lookup("#runs-table").queryTableView();
    }

    @Test
    void runs_that_cannot_be_read_are_listed_with_the_reason_and_the_others_work(FxRobot robot)
            throws IOException {
        Path runs = home.resolve("runs");
        byte[] garbage = new byte[4096];
        new Random(1).nextBytes(garbage);
        Path noise = SampleRuns.write(runs, 2, "noise", 40, 9, SampleRuns.End.FINISHED);
        Files.write(noise.resolve("run.json"), garbage);
        Files.write(noise.resolve("events.ndjson"), garbage);
        Files.write(noise.resolve("summary.json"), garbage);
        Path folders = SampleRuns.write(runs, 3, "folders", 40, 9, SampleRuns.End.FINISHED);
        Files.delete(folders.resolve("run.json"));
        Files.createDirectory(folders.resolve("run.json"));
        robot.push(KeyCode.SHORTCUT, KeyCode.DIGIT2);
        awaitTrue(() -> table(robot).getItems().size() == 3);
        assertThat(table(robot).getItems())
                .extracting(RunRow::state)
                .containsExactlyInAnyOrder("unreadable", "unreadable", "finished");
        robot.interact(() -> table(robot).getSelectionModel().selectAll());
        awaitTrue(() -> !window.workbench().runs().overlay().lines().isEmpty());
        assertThat(robot.lookup("#overlay-chart").query().getAccessibleText()).contains("good");
    }

    @Test
    void a_run_that_may_not_be_read_is_listed_with_the_reason(FxRobot robot) throws IOException {
        Path closed =
                SampleRuns.write(home.resolve("runs"), 4, "closed", 40, 9, SampleRuns.End.FINISHED);
        assumeThat(closed.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.setPosixFilePermissions(
                closed.resolve("run.json"), PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(closed.resolve("run.json")))
                .as("the system's owner may all")
                .isFalse();
        robot.push(KeyCode.SHORTCUT, KeyCode.DIGIT2);
        awaitTrue(() -> table(robot).getItems().size() == 2);
        assertThat(table(robot).getItems()).extracting(RunRow::state).contains("unreadable");
    }

    @Test
    void a_file_that_is_saved_over_an_older_one_takes_its_place_whole(FxRobot robot)
            throws IOException {
        start(robot, 1);
        dialogs.file = home.resolve("kept.csv");
        Files.writeString(dialogs.file, "older");
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        assertThat(Files.readString(dialogs.file)).startsWith("step").doesNotContain("older");
        assertThat(home.resolve("kept.csv.part")).doesNotExist();
    }

    @Test
    void a_window_that_was_closed_is_let_go(FxRobot robot) {
        AtomicReference<WeakReference<WorkbenchWindow>> closed = new AtomicReference<>();
        TestWindow second = new TestWindow();
        robot.interact(
                () -> {
                    Stage stage = new Stage();
                    WorkbenchWindow opened = second.show(stage, home.resolve("second"));
                    closed.set(new WeakReference<>(opened));
                    stage.hide();
                    stage.setScene(null);
                });
        second.close();
        awaitTrue(
                () -> {
                    System.gc();
                    return closed.get().get() == null;
                });
    }
}
