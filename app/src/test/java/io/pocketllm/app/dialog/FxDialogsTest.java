package io.pocketllm.app.dialog;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.shell.Theme;
import io.pocketllm.app.shell.WorkbenchWindow;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Labeled;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The dialogs that people see, over the real window. */
@ExtendWith(ApplicationExtension.class)
class FxDialogsTest {

    private static final Path PICTURES =
            Path.of(System.getProperty("basedir", ""))
                    .toAbsolutePath()
                    .resolve("target/screenshots");

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
    private FxDialogs dialogs;
    private WorkbenchWindow window;

    @Start
    private void open(Stage stage) {
        dialogs = new FxDialogs(() -> stage);
        window = setUp.dialogs(dialogs).show(stage, home);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private void theme(FxRobot robot, Theme theme) {
        robot.interact(() -> window.workbench().appearance().themeProperty().set(theme));
    }

    private static DialogPane pane(FxRobot robot) {
        return robot.lookup((Node node) -> node instanceof DialogPane && node.getScene() != null)
                .queryAs(DialogPane.class);
    }

    private static Node button(DialogPane pane, String text) {
        return pane.lookupButton(
                pane.getButtonTypes().stream()
                        .filter(type -> type.getText().equals(text))
                        .findFirst()
                        .orElseThrow());
    }

    private static List<String> words(Parent pane) {
        return pane.lookupAll(".label").stream()
                .filter(Labeled.class::isInstance)
                .map(node -> ((Labeled) node).getText())
                .toList();
    }

    @Test
    void a_problem_says_what_happened_and_what_to_do_and_its_report_is_copied(FxRobot robot)
            throws IOException {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            theme(robot, theme);
            robot.interact(
                    () ->
                            dialogs.tell(
                                    new Problem(
                                            "Not saved: run.csv",
                                            "No space left on device",
                                            "Choose another folder, or check its free space and"
                                                    + " permissions.",
                                            "the whole report")));
            DialogPane pane = pane(robot);
            assertThat(words(pane))
                    .contains(
                            "Not saved: run.csv",
                            "No space left on device",
                            "Choose another folder, or check its free space and permissions.");
            double brightness = draw(robot, pane, theme);
            assertThat(brightness < 0.5).as("dark").isEqualTo(theme == Theme.DARK);
            Button copy = robot.lookup("#problem-copy").queryButton();
            robot.clickOn(copy);
            assertThat(copy.getText()).isEqualTo("Report copied");
            robot.interact(
                    () ->
                            assertThat(Clipboard.getSystemClipboard().getString())
                                    .isEqualTo("the whole report"));
            robot.clickOn(button(pane, "Close"));
            awaitTrue(() -> pane.getScene() == null);
        }
    }

    /** Into the folder of the guide's pictures, to be looked at. */
    private static double draw(FxRobot robot, DialogPane pane, Theme theme) throws IOException {
        WaitForAsyncUtils.waitForFxEvents();
        BufferedImage[] image = new BufferedImage[1];
        robot.interact(
                () ->
                        image[0] =
                                SwingFXUtils.fromFXImage(
                                        pane.getScene().getRoot().snapshot(null, null), null));
        Files.createDirectories(PICTURES);
        ImageIO.write(
                image[0],
                "png",
                PICTURES.resolve(
                                "problem-"
                                        + theme.name().toLowerCase(java.util.Locale.ROOT)
                                        + ".png")
                        .toFile());
        int[] pixels =
                image[0].getRGB(
                        0,
                        0,
                        image[0].getWidth(),
                        image[0].getHeight(),
                        null,
                        0,
                        image[0].getWidth());
        return java.util.Arrays.stream(pixels).map(p -> p >> 8 & 0xff).average().orElseThrow()
                / 255;
    }

    @Test
    void a_fault_that_nothing_else_caught_is_told_and_the_window_lives(FxRobot robot) {
        robot.interact(() -> window.workbench().tellFault(new IllegalStateException("odd")));
        assertThat(words(pane(robot)))
                .anyMatch(said -> said.contains("IllegalStateException: odd"));
        robot.clickOn(button(pane(robot), "Close"));
        robot.clickOn("#tab-runs");
        assertThat(robot.lookup("#runs-table").tryQuery()).isPresent();
    }
}
