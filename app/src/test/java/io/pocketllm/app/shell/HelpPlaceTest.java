package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.help.Spot;
import java.nio.file.Path;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
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

/** The guide inside the real window. */
@ExtendWith(ApplicationExtension.class)
class HelpPlaceTest {

    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
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

    private void read(FxRobot robot, String page, String anchor) {
        robot.interact(
                () -> {
                    window.workbench().help().open(new Spot(page, anchor));
                    window.workbench().placeProperty().set(Place.HELP);
                });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Whether the top of a node is inside the part of the page that is seen. */
    private static boolean isSeen(FxRobot robot, Node node) {
        ScrollPane scroll = robot.lookup("#help-scroll").queryAs(ScrollPane.class);
        var seen = scroll.localToScene(scroll.getLayoutBounds());
        double top = node.localToScene(node.getLayoutBounds()).getMinY();
        return top >= seen.getMinY() && top < seen.getMaxY();
    }

    private static Label heading(FxRobot robot, String text) {
        return robot.lookup(
                        (Node n) ->
                                n instanceof Label label
                                        && label.getStyleClass().contains("guide-heading")
                                        && label.getText().equals(text))
                .queryAs(Label.class);
    }

    @Test
    void the_first_steps_start_the_sample_run(FxRobot robot) {
        robot.clickOn("#tab-help");
        assertThat(text(robot, "#help-where")).isEqualTo("First steps");
        robot.clickOn("#help-start-sample");
        awaitTrue(() -> setUp.launcher().count() == 1);
        assertThat(setUp.launcher().last().file().spec().name()).isEqualTo("inbox-nurse");
        assertThat(window.workbench().placeProperty().get()).isEqualTo(Place.TRAIN);

        robot.clickOn("#tab-help").clickOn("#help-start-sample");
        assertThat(setUp.launcher().count()).isEqualTo(1);
        assertThat(text(robot, "#note")).isEqualTo("A run goes on. Stop it first.");
    }

    @Test
    void the_first_steps_open_a_model_and_show_what_fits(FxRobot robot) {
        dialogs.file = Path.of("/models/opt-125m");
        robot.clickOn("#tab-help").clickOn("#help-open-model");
        awaitTrue(() -> text(robot, "#model-card .setup-title").equals("opt-125m"));
        assertThat(window.workbench().placeProperty().get()).isEqualTo(Place.TRAIN);
        robot.clickOn("#tab-help").clickOn("#help-show-fits");
        assertThat(robot.lookup("#fits-table").tryQuery()).isPresent();
    }

    @Test
    void a_page_is_chosen_in_the_contents_a_link_followed_and_the_way_gone_back(FxRobot robot) {
        robot.clickOn("#tab-help").clickOn("#help-entry-guide");
        assertThat(text(robot, "#help-where")).isEqualTo("Start here  ›  The window");
        Hyperlink train =
                robot.lookup(
                                (Node n) ->
                                        n instanceof Hyperlink link
                                                && link.getText().equals("Train"))
                        .queryAs(Hyperlink.class);
        robot.clickOn(train);
        assertThat(text(robot, "#help-where")).isEqualTo("Places  ›  The Train place");
        robot.clickOn("#help-back");
        assertThat(text(robot, "#help-where")).isEqualTo("Start here  ›  The window");
        robot.push(KeyCode.BACK_SPACE);
        assertThat(text(robot, "#help-where")).isEqualTo("First steps");
        assertThat(robot.lookup("#help-back").query().isDisabled()).isTrue();
    }

    @Test
    void a_search_counts_jumps_and_marks_the_heading(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("resident set killer");
        assertThat(text(robot, "#help-found")).matches("\\d+ places? in \\d+ pages?");
        robot.interact(() -> window.workbench().help().queryProperty().set("when goes wrong"));
        assertThat(text(robot, "#help-found")).matches("\\d+ places? in \\d+ pages?");
        robot.push(KeyCode.ENTER);
        Label heading = heading(robot, "When something goes wrong");
        awaitTrue(() -> isSeen(robot, heading));
        assertThat(heading.getPseudoClassStates()).contains(MARKED);
        assertThat(robot.lookup("#help-scroll").queryAs(ScrollPane.class).getVvalue()).isPositive();
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#help-found").query().isVisible()).isFalse();
        assertThat(robot.lookup("#help-entry-plan").tryQuery()).isPresent();
    }

    @Test
    void help_about_a_place_opens_its_page(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3).push(KeyCode.CONTROL, KeyCode.F1);
        assertThat(text(robot, "#help-where")).isEqualTo("Places  ›  What fits");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2).push(KeyCode.CONTROL, KeyCode.F1);
        assertThat(text(robot, "#help-where")).isEqualTo("Places  ›  The Runs place");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        robot.interact(() -> window.workbench().sweeps().shownProperty().set(true));
        robot.push(KeyCode.CONTROL, KeyCode.F1);
        assertThat(window.workbench().help().spotProperty().get())
                .isEqualTo(new Spot("guide-runs", "sweeps"));
        assertThat(robot.lookup(".keys-card").query().isVisible()).isFalse();
        robot.push(KeyCode.F1);
        assertThat(robot.lookup(".keys-card").query().isVisible()).isTrue();
    }

    @Test
    void a_link_that_leads_out_is_copied_and_not_opened(FxRobot robot) {
        read(robot, "methods", "");
        Hyperlink out = robot.lookup(".guide-outside").queryAs(Hyperlink.class);
        robot.clickOn(out);
        assertThat(dialogs.copied).containsExactly("https://arxiv.org/abs/2305.17333");
        assertThat(text(robot, "#note"))
                .isEqualTo("Address copied: https://arxiv.org/abs/2305.17333");
        assertThat(text(robot, "#help-where")).endsWith("Methods");
        read(robot, "methods", "no-such-part");
        assertThat(text(robot, "#help-problem")).contains("no part \"no-such-part\"");
    }

    @Test
    void every_page_can_be_shown_with_its_pictures_as_wide_as_the_column(FxRobot robot) {
        robot.clickOn("#tab-help");
        List<String> pages =
                robot.lookup(".help-entry").queryAllAs(Node.class).stream()
                        .map(Node::getId)
                        .filter(id -> id != null)
                        .map(id -> id.substring("help-entry-".length()))
                        .toList();
        assertThat(pages).hasSizeGreaterThan(20).contains("guide-train", "run-file", "about");
        robot.interact(
                () ->
                        assertThat(pages)
                                .allSatisfy(
                                        page -> {
                                            window.workbench().help().open(Spot.top(page));
                                            assertThat(text(robot, "#help-problem")).isEmpty();
                                            assertThat(robot.lookup(".guide-h1").tryQuery())
                                                    .isPresent();
                                        }));
        read(robot, "guide", "");
        double column = robot.lookup("#help-article").query().getLayoutBounds().getWidth();
        assertThat(robot.lookup(".guide-picture").queryAllAs(Node.class))
                .isNotEmpty()
                .allSatisfy(
                        picture -> {
                            assertThat(picture.getAccessibleText()).isNotBlank();
                            assertThat(picture.getLayoutBounds().getWidth())
                                    .isBetween(300.0, column);
                        });
    }

    @Test
    void about_has_versions_and_a_report_without_a_person_and_keys_are_all_there_are(
            FxRobot robot) {
        read(robot, "about", "");
        assertThat(robot.lookup(".about-facts .label").queryAllAs(Label.class))
                .extracting(Label::getText)
                .contains("1.26.0", System.getProperty("javafx.runtime.version"))
                .contains(home.toAbsolutePath().resolve("runs").toString());
        robot.clickOn("#help-copy-report");
        assertThat(dialogs.copied.getLast())
                .containsPattern("version +\\d+\\.\\d+")
                .containsPattern("ONNX Runtime +1\\.26\\.0")
                .containsPattern("JavaFX +26")
                .containsPattern("Java +\\S")
                .contains(System.getProperty("os.name"))
                .doesNotContain(System.getProperty("user.home") + "/");

        read(robot, "keys", "");
        assertThat(robot.lookup("#help-keys .key").queryAllAs(Label.class))
                .extracting(Label::getText)
                .contains("Ctrl+R", "Space", "?", "Ctrl+F1");
        assertThat(robot.lookup("#help-keys .label").queryAllAs(Label.class))
                .extracting(Label::getText)
                .contains("Copy this run as a command");
    }
}
