package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.TestWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
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

/** What a person meets who opens the window for the first time, with a keyboard or with files. */
@ExtendWith(ApplicationExtension.class)
class FirstMinuteTest {

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
    private WorkbenchWindow window;
    private Stage stage;

    @Start
    private void open(Stage stage) {
        this.stage = stage;
        window = setUp.show(stage, home);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private Node focused() {
        return stage.getScene().getFocusOwner();
    }

    @Test
    void a_run_is_set_up_the_charts_say_what_will_be_there_and_one_key_starts_it(FxRobot robot) {
        awaitTrue(() -> !robot.lookup("#primary").query().isDisabled());
        assertThat(robot.lookup(".chart-empty").queryAllAs(Label.class))
                .filteredOn(Node::isVisible)
                .extracting(Labeled::getText)
                .contains(
                        "Press Start. Loss and accuracy appear here, step by step.",
                        "The memory of the run's own process, beside the phone's budget.");
        assertThat(focused()).isEqualTo(robot.lookup("#primary").query());
        robot.push(KeyCode.SPACE);
        awaitTrue(() -> setUp.launcher().count() == 1);
        assertThat(setUp.launcher().last().file().spec().name()).isEqualTo("inbox-nurse");
    }

    @Test
    void empty_places_say_what_to_do(FxRobot robot) {
        robot.clickOn("#tab-runs");
        assertThat(robot.lookup("#runs-table .placeholder .label").queryAllAs(Label.class))
                .extracting(Labeled::getText)
                .anyMatch(said -> said.contains("Train") || said.contains("run"));
    }

    @Test
    void tab_goes_through_everything_in_the_order_it_is_read_and_comes_back(FxRobot robot) {
        robot.interact(() -> robot.lookup("#tab-train").query().requestFocus());
        List<Node> order = new ArrayList<>();
        do {
            order.add(focused());
            robot.push(KeyCode.TAB);
            WaitForAsyncUtils.waitForFxEvents();
        } while (focused() != order.getFirst() && order.size() < 80);
        assertThat(focused()).as("comes back").isEqualTo(order.getFirst());
        List<String> ids = order.stream().map(Node::getId).filter(id -> id != null).toList();
        assertThat(ids)
                .containsSubsequence(
                        "tab-train",
                        "search",
                        "theme",
                        "keys",
                        "model-menu",
                        "field-budget",
                        "field-batch",
                        "field-seed",
                        "primary",
                        "follow",
                        "log-scale",
                        "smoothing",
                        "try-text")
                .doesNotHaveDuplicates();
        assertThat(order)
                .allSatisfy(
                        node -> {
                            assertThat(node.isVisible()).isTrue();
                            assertThat(nameOf(node)).as("a name for " + node).isNotBlank();
                        });
    }

    /** What a screen reader would say of a control. */
    private String nameOf(Node node) {
        if (node.getAccessibleText() != null) {
            return node.getAccessibleText();
        }
        if (node instanceof Labeled labeled) {
            return labeled.getText();
        }
        return stage.getScene().getRoot().lookupAll(".label").stream()
                .filter(Label.class::isInstance)
                .map(Label.class::cast)
                .filter(label -> label.getLabelFor() == node)
                .map(Label::getText)
                .findFirst()
                .orElse(
                        node instanceof javafx.scene.control.TextInputControl input
                                ? input.getPromptText()
                                : "");
    }

    private void drop(FxRobot robot, Path path) {
        // The drop handler calls this; the headless screen has no drag and drop.
        robot.interact(() -> window.workbench().files().open(path));
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void a_run_file_is_dropped_found_again_by_typing_and_so_at_the_next_start(FxRobot robot)
            throws IOException {
        Path file = home.resolve("mine.json");
        Files.writeString(file, Sample.JSON.replace("\"seed\": 7", "\"seed\": 4711"));
        drop(robot, file);
        assertThat(seed(robot)).isEqualTo("4711");
        robot.interact(() -> window.workbench().setup().open("sample:inbox-mechanic"));
        assertThat(seed(robot)).isEqualTo("7");
        robot.push(KeyCode.SHORTCUT, KeyCode.K).write("again mine");
        assertThat(robot.lookup("#palette-list").queryAs(ListView.class).getItems()).hasSize(1);
        robot.push(KeyCode.ENTER);
        assertThat(seed(robot)).isEqualTo("4711");
        assertThat(new WindowSettings(home).recentRuns().all())
                .containsExactly(file.toAbsolutePath().normalize().toString());
    }

    private static String seed(FxRobot robot) {
        return robot.lookup("#field-seed").queryAs(TextField.class).getText();
    }

    @Test
    void a_model_folder_is_dropped_and_remembered(FxRobot robot) throws IOException {
        Path model = Files.createDirectory(home.resolve("opt-125m"));
        Files.writeString(model.resolve("config.json"), "{}");
        drop(robot, model);
        awaitTrue(() -> text(robot, "#model-card .setup-title").equals("opt-125m"));
        assertThat(window.workbench().model().recent()).containsExactly(model.toString());
    }

    @Test
    void what_is_none_of_them_is_refused_with_what_would_be(FxRobot robot) throws IOException {
        drop(robot, Files.writeString(home.resolve("holiday.jpg"), "x"));
        assertThat(text(robot, "#note"))
                .isEqualTo(
                        "holiday.jpg is no run file (.json), model (folder, .onnx) or data (.tsv,"
                                + " .csv, .jsonl).");
        Path broken = Files.writeString(home.resolve("broken.json"), "{\"version\": 1,");
        drop(robot, broken);
        assertThat(window.workbench().setup().problemProperty().get()).contains("broken.json");
        assertThat(seed(robot)).isEqualTo("7");
    }

    @Test
    void a_run_is_copied_as_a_command_with_its_seed(FxRobot robot) {
        robot.clickOn("#copy-command");
        assertThat(setUp.dialogs().copied.getLast())
                .startsWith("pocketllm train ")
                .contains("inbox-nurse");
        robot.interact(() -> robot.lookup("#field-seed").queryAs(TextField.class).setText("42"));
        robot.clickOn("#copy-command");
        assertThat(setUp.dialogs().copied.getLast()).contains("seed=42");
    }
}
