package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.runs.RunRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The page of all runs in the real window, over real run folders. */
@ExtendWith(ApplicationExtension.class)
class RunsPlaceTest {

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
    private final NoDialogs dialogs = setUp.dialogs();
    private WorkbenchWindow window;

    @Start
    private void open(Stage stage) throws IOException {
        Path runs = home.resolve("runs");
        SampleRuns.write(runs, 1, "lora-r8", 40, 10, SampleRuns.End.FINISHED);
        SampleRuns.write(
                runs, 2, "batch-64", 40, 20, SampleRuns.End.KILLED, "training.batchSize", "64");
        window = setUp.show(stage, home);
    }

    @BeforeEach
    void goToRuns(FxRobot robot) {
        robot.clickOn("#tab-runs");
        awaitRows(robot, 2);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private static TableView<RunRow> table(FxRobot robot) {
        return robot.lookup("#runs-table").queryTableView();
    }

    private static void awaitRows(FxRobot robot, int count) {
        await().atMost(Duration.ofSeconds(5)).until(() -> table(robot).getItems().size() == count);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void selectBoth(FxRobot robot) {
        robot.interact(() -> table(robot).getSelectionModel().selectAll());
        await().atMost(Duration.ofSeconds(5))
                .until(() -> window.workbench().runs().overlay().lines().size() == 2);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void two_runs_are_compared(FxRobot robot) {
        assertThat(text(robot, "#runs-count")).isEqualTo("2 runs");
        selectBoth(robot);
        assertThat(robot.lookup("#overlay-chart").query().getAccessibleText())
                .startsWith("Held-out loss")
                .contains("lora-r8: 0.4")
                .contains("batch-64: 0.");
        assertThat(text(robot, "#details-title")).isEqualTo("Only what differs");
        assertThat(robot.lookup("#differences .label").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .contains("batch size", "16", "64");
        robot.clickOn("#quantity-accuracy");
        assertThat(robot.lookup("#overlay-chart").query().getAccessibleText())
                .startsWith("Accuracy")
                .contains("lora-r8: 84.5 %");
    }

    @Test
    void the_table_sorts_by_a_column_and_the_filter_filters(FxRobot robot) {
        assertThat(table(robot).getItems().getFirst().name()).isEqualTo("batch-64");
        // The headless screen's robot cannot press a column's head.
        robot.interact(
                () ->
                        table(robot)
                                .getSortOrder()
                                .add(
                                        table(robot).getColumns().stream()
                                                .filter(c -> c.getText().equals("peak memory"))
                                                .findFirst()
                                                .orElseThrow()));
        assertThat(table(robot).getItems().getFirst().name()).isEqualTo("lora-r8");
        robot.clickOn("#runs-filter").write("killed");
        awaitRows(robot, 1);
        assertThat(text(robot, "#runs-count")).isEqualTo("1 of 2 runs");
    }

    @Test
    void a_run_is_renamed_deleted_and_brought_back(FxRobot robot) {
        robot.clickOn("lora-r8");
        robot.clickOn("#run-name").write("the best").push(KeyCode.ENTER);
        assertThat(table(robot).getSelectionModel().getSelectedItem().name()).isEqualTo("the best");
        robot.clickOn("#runs-delete");
        awaitRows(robot, 1);
        robot.clickOn("#runs-undo");
        awaitRows(robot, 2);
        assertThat(table(robot).getItems())
                .extracting(RunRow::name)
                .containsExactlyInAnyOrder("the best", "batch-64");
    }

    @Test
    void all_series_go_into_one_file(FxRobot robot) throws IOException {
        dialogs.file = home.resolve("runs.csv");
        selectBoth(robot);
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        await().atMost(Duration.ofSeconds(5)).until(() -> Files.exists(dialogs.file));
        WaitForAsyncUtils.waitForFxEvents();
        List<String> lines = Files.readAllLines(dialogs.file);
        assertThat(lines).hasSize(1 + 41 + 11);
    }

    @Test
    void a_new_run_begins_from_an_old_one(FxRobot robot) {
        robot.clickOn("batch-64");
        robot.clickOn("#runs-again");
        assertThat(window.workbench().placeProperty().get()).isEqualTo(Place.TRAIN);
        assertThat(robot.lookup("#field-batch").queryAs(TextField.class).getText()).isEqualTo("64");
    }

    @Test
    void the_baseline_is_marked_and_others_say_how_far_they_are_from_it(FxRobot robot) {
        robot.clickOn("lora-r8").push(KeyCode.B);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("lora-r8 ★").tryQuery()).isPresent();
        assertThat(robot.lookup("#runs-table .difference").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .anyMatch(text -> text.matches("−\\d+\\.\\d"));
        robot.clickOn("#overlay-differences");
        assertThat(window.workbench().runs().overlay().view().differences()).isTrue();
        robot.clickOn("lora-r8 ★").push(KeyCode.B);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("lora-r8").tryQuery()).isPresent();
    }

    @Test
    void seeds_are_grouped_with_mean_and_deviation(FxRobot robot) throws IOException {
        for (int seed = 1; seed <= 2; seed++) {
            SampleRuns.write(
                    home.resolve("runs"),
                    2 + seed,
                    "again",
                    40,
                    10 * seed,
                    SampleRuns.End.FINISHED,
                    "training.batchSize",
                    "8",
                    "seed",
                    "" + seed);
        }
        robot.interact(() -> window.workbench().runs().refresh());
        awaitRows(robot, 4);
        robot.clickOn("#runs-group");
        awaitRows(robot, 3);
        assertThat(text(robot, "#runs-count")).isEqualTo("3 groups of 4 runs");
        robot.clickOn("again × 2");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !window.workbench().runs().overlay().lines().isEmpty());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#overlay-chart").query().getAccessibleText())
                .contains("mean of 2 runs");
        assertThat(robot.lookup("#runs-table .table-cell.number-column").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .anyMatch(text -> text != null && text.matches("\\d+\\.\\d ± \\d+\\.\\d %"));
    }

    @Test
    void the_slider_goes_back_to_a_step_by_the_keyboard(FxRobot robot) {
        robot.clickOn("lora-r8");
        await().atMost(Duration.ofSeconds(5)).until(() -> !text(robot, "#replay-moment").isEmpty());
        assertThat(text(robot, "#replay-step")).isEqualTo("Step 40");
        robot.interact(() -> robot.lookup("#replay-slider").query().requestFocus());
        robot.push(KeyCode.HOME).push(KeyCode.RIGHT).push(KeyCode.RIGHT);
        assertThat(text(robot, "#replay-step")).isEqualTo("Step 2");
        assertThat(text(robot, "#replay-moment")).contains("held-out loss").contains("memory");
        assertThat(text(robot, "#replay-export")).isEqualTo("Export parameters at step 2…");
        assertThat(robot.lookup(".chart-hover-line").query().isVisible()).isTrue();
    }

    @Test
    void a_usual_window_shows_date_and_phone_whole_and_a_narrow_one_keeps_the_names(FxRobot robot) {
        robot.interact(
                () -> {
                    Stage stage = (Stage) table(robot).getScene().getWindow();
                    stage.setWidth(1280);
                    window.workbench().runs().groupedProperty().set(true);
                });
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#runs-table .table-cell.muted-column").queryAllAs(Labeled.class))
                .filteredOn(cell -> cell.getText() != null)
                .filteredOn(cell -> cell.getText().matches("2026-.*|OPPO.*"))
                .hasSize(4)
                .allMatch(cell -> !cell.isTextTruncated());
        assertThat(sideways(robot).isVisible()).isFalse();

        robot.interact(
                () -> {
                    Stage stage = (Stage) table(robot).getScene().getWindow();
                    stage.setWidth(760);
                });
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(sideways(robot).isVisible()).isTrue();
        Node name = robot.lookup("lora-r8").query();
        double left = name.localToScene(name.getLayoutBounds()).getMinX();
        Node phone = robot.lookup("OPPO Reno6 5G").query();
        double before = phone.localToScene(phone.getLayoutBounds()).getMinX();
        robot.interact(() -> sideways(robot).setValue(100));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(name.localToScene(name.getLayoutBounds()).getMinX())
                .isCloseTo(left, within(1.0));
        assertThat(phone.localToScene(phone.getLayoutBounds()).getMinX())
                .isCloseTo(before - 100, within(1.0));
    }

    private static ScrollBar sideways(FxRobot robot) {
        return robot.lookup("#runs-table .scroll-bar").queryAllAs(ScrollBar.class).stream()
                .filter(bar -> bar.getOrientation() == Orientation.HORIZONTAL)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_columns_are_remembered(FxRobot robot) {
        robot.interact(
                () ->
                        table(robot).getColumns().stream()
                                .filter(c -> c.getText().equals("phone"))
                                .forEach(c -> c.setVisible(false)));
        await().atMost(Duration.ofSeconds(5))
                .until(
                        () ->
                                new WindowSettings(home)
                                        .remembered("runs")
                                        .get("columns")
                                        .matches(".*phone:\\d+:hidden.*"));
    }

    @Test
    void a_dropped_folder_is_listed_with_what_is_wrong_with_it(FxRobot robot) throws IOException {
        Path broken =
                SampleRuns.write(
                        home.resolve("phone"), 5, "from-phone", 40, 9, SampleRuns.End.NONE);
        Files.writeString(broken.resolve("run.json"), "{");
        robot.interact(() -> window.workbench().files().open(broken));
        awaitRows(robot, 3);
        assertThat(table(robot).getSelectionModel().getSelectedItem().state())
                .isEqualTo("unreadable");
        assertThat(robot.lookup(".notes .label").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .anyMatch(text -> text.contains("is not valid JSON"));
        robot.interact(() -> window.workbench().files().open(home.resolve("nothing")));
        assertThat(text(robot, "#runs-problem")).contains("is no run folder");
    }
}
