package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakeSweeps;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.sweep.SweepRow;
import java.nio.file.Path;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
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

/** Sweeps in the real window, with runs that are written at once. */
@ExtendWith(ApplicationExtension.class)
class SweepsPlaceTest {

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
    private final NoDialogs dialogs = setUp.dialogs();
    private WorkbenchWindow window;

    @Start
    private void open(Stage stage) {
        window = setUp.sweeps(new FakeSweeps(home)).show(stage, home);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private static TableView<SweepRow> table(FxRobot robot) {
        return robot.lookup("#sweep-table").queryTableView();
    }

    private void type(FxRobot robot, String lines) {
        robot.interact(() -> robot.lookup("#sweep-lines").queryAs(TextArea.class).setText(lines));
    }

    @Test
    void a_sweep_is_typed_mended_started_and_looked_at(FxRobot robot) {
        robot.clickOn("#tab-runs").clickOn("#runs-sweeps");
        type(robot, "method.learningRate = 0.1, -3");
        awaitTrue(() -> text(robot, "#sweep-problem").contains("learningRate=-3"));
        assertThat(robot.lookup("#sweep-start").query().isDisabled()).isTrue();

        type(robot, "method.learningRate = 0.1, 0.3\nseed = 1, 2");
        awaitTrue(() -> text(robot, "#sweep-verdict").startsWith("4 runs"));
        assertThat(robot.lookup("#sweep-problem").query().isVisible()).isFalse();
        robot.clickOn("#sweep-start");
        awaitTrue(() -> text(robot, "#sweep-told").equals("All runs are done."));
        awaitTrue(
                () -> table(robot).getItems().stream().allMatch(r -> r.state().equals("finished")));
        assertThat(table(robot).getItems()).hasSize(4);
        assertThat(robot.lookup(".sweep-cell .label").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .hasSize(4)
                .allMatch(cell -> cell.endsWith(" %"));

        robot.clickOn("#sweep-group");
        assertThat(table(robot).getItems())
                .extracting(SweepRow::state)
                .containsOnly("2 of 2 finished");
        robot.clickOn("#sweep-runs");
        assertThat(robot.lookup("#runs-table").tryQuery()).isPresent();
    }

    @Test
    void a_range_on_an_axis_lists_its_runs_and_pointing_names_one(FxRobot robot) {
        robot.clickOn("#tab-runs").clickOn("#runs-sweeps");
        type(
                robot,
                "method.learningRate = 0.001, 0.01, 0.1\ntraining.batchSize = 4, 8\n"
                        + "data.tokenDropout = 0, 0.1");
        awaitTrue(() -> text(robot, "#sweep-verdict").startsWith("12 runs"));
        robot.clickOn("#sweep-start");
        awaitTrue(() -> text(robot, "#sweep-told").equals("All runs are done."));
        awaitTrue(
                () -> table(robot).getItems().stream().allMatch(r -> r.state().equals("finished")));
        Node lines = robot.lookup("#sweep-parallel").query();
        assertThat(lines.getAccessibleText()).startsWith("Parallel coordinates of 12 runs over");

        // The first axis, from its upper end to its middle.
        robot.drag(at(lines, 12, 30))
                .moveTo(at(lines, 12, lines.getLayoutBounds().getHeight() * 0.4))
                .drop();
        assertThat(table(robot).getItems())
                .hasSize(4)
                .allMatch(row -> row.values().getFirst().equals("0.1"));
        assertThat(text(robot, "#sweep-parallel-readout")).startsWith("4 of 12 runs: learningRate");
        robot.clickOn("#sweep-brush-clear");
        assertThat(table(robot).getItems()).hasSize(12);

        robot.moveTo(at(lines, 20, lines.getLayoutBounds().getHeight() - 12));
        assertThat(text(robot, "#sweep-parallel-readout"))
                .matches("run-\\d{4} · learningRate=0.001, .* · accuracy .*, loss .* · finished");

        robot.interact(lines::requestFocus);
        robot.push(KeyCode.RIGHT).push(KeyCode.UP);
        assertThat(table(robot).getItems())
                .hasSize(6)
                .allMatch(row -> row.values().get(1).equals("8"));
        robot.push(KeyCode.DELETE);
        assertThat(table(robot).getItems()).hasSize(12);
        robot.push(KeyCode.UP);
        robot.clickOn("#sweep-view-map");
        assertThat(table(robot).getItems()).as("the map has no ranges").hasSize(12);
    }

    private static Point2D at(Node node, double x, double y) {
        return node.localToScreen(x, y);
    }

    @Test
    void a_typed_sweep_is_copied_and_saved(FxRobot robot) {
        robot.clickOn("#tab-runs").clickOn("#runs-sweeps");
        type(robot, "method.learningRate ~ log 1e-4 .. 1e-2\nrandom 3");
        awaitTrue(() -> text(robot, "#sweep-verdict").startsWith("3 runs"));
        robot.clickOn("#sweep-file").clickOn("#sweep-copy");
        assertThat(dialogs.copied).hasSize(1);
        assertThat(dialogs.copied.getFirst()).contains("\"search\" : \"random\"");
        dialogs.file = home.resolve("saved.json");
        robot.clickOn("#sweep-file").clickOn("#sweep-save");
        awaitTrue(() -> text(robot, "#sweep-verdict").equals("Saved saved.json."));
        assertThat(dialogs.file).hasContent(dialogs.copied.getFirst());
    }

    @Test
    void a_folder_that_is_no_sweep_is_refused(FxRobot robot) {
        robot.clickOn("#tab-runs").clickOn("#runs-sweeps");
        dialogs.file = home;
        robot.clickOn("#sweep-open");
        awaitTrue(() -> text(robot, "#sweep-told").contains("is no sweep folder"));
        assertThat(robot.lookup("#sweep-resume").query().isDisabled()).isTrue();
    }
}
