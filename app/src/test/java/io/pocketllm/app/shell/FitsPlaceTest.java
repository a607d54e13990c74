package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.fits.FitRow;
import java.nio.file.Path;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
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

/** The estimate in Train and the place of what fits, in the real window. */
@ExtendWith(ApplicationExtension.class)
class FitsPlaceTest {

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
    private final FakeRun.Launcher launcher = setUp.launcher();
    private final NoDialogs dialogs = setUp.dialogs();
    private WorkbenchWindow window;

    @Start
    private void open(Stage stage) {
        window = setUp.show(stage, home);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private static void type(FxRobot robot, String field, String text) {
        robot.interact(() -> robot.lookup(field).queryAs(TextField.class).setText(text));
    }

    private static TableView<FitRow> table(FxRobot robot) {
        return robot.lookup("#fits-table").queryTableView();
    }

    private void goToFits(FxRobot robot) {
        awaitTrue(() -> window.workbench().model().infoProperty().get() != null);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        awaitTrue(() -> window.workbench().fits().progressProperty().get() == 1);
        robot.clickOn("#fits-filter");
    }

    private static Node cell(FxRobot robot, String accessibleText) {
        return robot.lookup(
                        (Node node) ->
                                node.isVisible()
                                        && node.getAccessibleText() != null
                                        && node.getAccessibleText().startsWith(accessibleText))
                .query();
    }

    @Test
    void the_verdict_changes_while_the_batch_is_typed_and_its_parts_can_be_seen(FxRobot robot) {
        awaitTrue(() -> text(robot, "#plan-verdict").equals("Fits"));
        String before = text(robot, "#plan-need");
        type(robot, "#field-batch", "4000");
        awaitTrue(() -> text(robot, "#plan-verdict").equals("Killed"));
        assertThat(text(robot, "#plan-need")).isNotEqualTo(before).endsWith(" of 3.97 GB");
        assertThat(text(robot, "#plan-offer")).startsWith("Would fit: the same batch, ");
        assertThat(robot.lookup("#plan-details").query().isVisible()).isFalse();
        robot.clickOn("#plan-details-link");
        assertThat(robot.lookup("#plan-details .label").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .contains("frozen weights", "activations", "the same with AdamW");
        robot.clickOn("#plan-offer");
        awaitTrue(() -> text(robot, "#plan-verdict").equals("Fits"));
    }

    @Test
    void a_run_that_would_be_killed_is_started_only_when_the_person_says_so(FxRobot robot) {
        type(robot, "#field-budget", "200");
        dialogs.agrees = false;
        robot.clickOn("#primary");
        awaitTrue(() -> dialogs.asked.size() == 1);
        assertThat(dialogs.asked.getFirst()).isEqualTo("This run will probably be killed");
        assertThat(launcher.count()).isZero();
        dialogs.agrees = true;
        robot.clickOn("#primary");
        awaitTrue(() -> launcher.count() == 1);
    }

    @Test
    void a_click_on_a_cell_sets_that_run_up_and_shows_it(FxRobot robot) {
        goToFits(robot);
        robot.write("minilm int8");
        awaitTrue(() -> table(robot).getItems().size() == 2);
        Node cell = cell(robot, "minilm, int8 · MeZO on LoRA on Google Pixel 9: fits");
        robot.moveTo(cell);
        assertThat(text(robot, "#fit-title"))
                .isEqualTo("minilm, int8 · MeZO on LoRA, on Google Pixel 9");
        robot.clickOn(cell);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.workbench().placeProperty().get()).isEqualTo(Place.TRAIN);
        assertThat(text(robot, "#method-card .setup-title")).isEqualTo("MeZO on LoRA");
        var spec = window.workbench().setup().fileProperty().get().spec();
        assertThat(spec.device().profile()).isEqualTo("pixel-9");
        assertThat(spec.model().base().format().label()).isEqualTo("int8");
        assertThat(spec.model().path()).isEqualTo("builtin:minilm");
    }

    @Test
    void the_keyboard_reaches_a_cell_and_a_shape_without_files_asks_for_its_folder(FxRobot robot) {
        goToFits(robot);
        robot.write("roberta-large int4 qzo");
        awaitTrue(() -> table(robot).getItems().size() == 1);
        robot.interact(
                () -> {
                    table(robot).requestFocus();
                    table(robot).getFocusModel().focus(0, table(robot).getColumns().get(1));
                });
        robot.push(KeyCode.RIGHT);
        assertThat(text(robot, "#fit-title")).isEqualTo("roberta-large, int4 · QZO, on Redmi 12C");
        robot.push(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.workbench().placeProperty().get()).isEqualTo(Place.TRAIN);
        assertThat(text(robot, "#model-card .setup-title")).isEqualTo("roberta-large");
        assertThat(text(robot, "#model-error")).contains("Choose the folder");
        assertThat(robot.lookup("#primary").queryAs(Button.class).isDisabled()).isTrue();
        assertThat(text(robot, "#hold-reason")).contains("model folder of roberta-large");
        awaitTrue(() -> text(robot, "#plan-verdict").equals("Fits"));
        robot.clickOn("#copy-command");
        assertThat(dialogs.copied).isEmpty();
        assertThat(text(robot, "#note")).contains("Choose the model folder of roberta-large");
    }

    @Test
    void the_models_stay_in_sight_while_phones_scroll_sideways(FxRobot robot) {
        goToFits(robot);
        robot.interact(
                () ->
                        table(robot).getColumns().stream()
                                .skip(2)
                                .forEach(phone -> phone.setPrefWidth(700)));
        WaitForAsyncUtils.waitForFxEvents();
        double name = left(robot, "minilm, fp32 · MeZO, full");
        String onPixel = "minilm, fp32 · MeZO, full on Google Pixel 9";
        double cell = left(robot, onPixel);
        robot.interact(() -> sideways(robot).setValue(600));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(left(robot, onPixel)).isCloseTo(cell - 600, within(1.0));
        assertThat(left(robot, "minilm, fp32 · MeZO, full")).isCloseTo(name, within(1.0));

        // The keyboard never leaves its cell under the column that stays.
        robot.interact(
                () -> {
                    table(robot).requestFocus();
                    table(robot).getFocusModel().focus(1, table(robot).getColumns().get(3));
                });
        robot.push(KeyCode.LEFT);
        WaitForAsyncUtils.waitForFxEvents();
        double edge = name + table(robot).getColumns().getFirst().getWidth();
        assertThat(left(robot, "minilm, fp32 · MeZO, full on Redmi 12C"))
                .isGreaterThanOrEqualTo(edge - 1);
    }

    private static double left(FxRobot robot, String accessibleText) {
        Node cell = cell(robot, accessibleText);
        return cell.localToScene(cell.getLayoutBounds()).getMinX();
    }

    private static ScrollBar sideways(FxRobot robot) {
        return robot.lookup("#fits-table .scroll-bar").queryAllAs(ScrollBar.class).stream()
                .filter(bar -> bar.getOrientation() == Orientation.HORIZONTAL)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_phone_column_sorts_and_backpropagation_only_compares(FxRobot robot) {
        goToFits(robot);
        TableColumn<FitRow, ?> pixel =
                table(robot).getColumns().stream()
                        .filter(c -> "phone-pixel-9".equals(c.getId()))
                        .findFirst()
                        .orElseThrow();
        // The headless screen's robot cannot press a column's head.
        robot.interact(
                () -> {
                    pixel.setSortType(TableColumn.SortType.DESCENDING);
                    table(robot).getSortOrder().add(pixel);
                });
        FitRow first = table(robot).getItems().getFirst();
        assertThat(first.model()).isEqualTo("opt-1.3b");
        assertThat(first.trainable()).isFalse();
        robot.clickOn(cell(robot, "opt-1.3b, fp32 · AdamW"));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(window.workbench().placeProperty().get()).isEqualTo(Place.FITS);
        assertThat(text(robot, "#note")).contains("to compare with");
    }
}
