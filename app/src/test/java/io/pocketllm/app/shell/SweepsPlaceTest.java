package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakeSweeps;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.sweep.SweepRow;
import java.nio.file.Path;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
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
    void a_folder_that_is_no_sweep_is_refused(FxRobot robot) {
        robot.clickOn("#tab-runs").clickOn("#runs-sweeps");
        dialogs.file = home;
        robot.clickOn("#sweep-open");
        awaitTrue(() -> text(robot, "#sweep-told").contains("is no sweep folder"));
        assertThat(robot.lookup("#sweep-resume").query().isDisabled()).isTrue();
    }
}
