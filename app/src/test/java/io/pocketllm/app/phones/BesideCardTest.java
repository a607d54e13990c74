package io.pocketllm.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.Quantity;
import io.pocketllm.app.screenshots.LayoutCheck;
import io.pocketllm.app.task.FxTasks;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.UserProfiles;
import io.pocketllm.run.RunLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.image.Image;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The card of simulated beside real, on a stage of its own; drawn into target/screenshots. */
@ExtendWith(ApplicationExtension.class)
class BesideCardTest {

    @TempDir private Path home;

    private final FxTasks tasks = new FxTasks();
    private final ObjectProperty<Path> real = new SimpleObjectProperty<>();
    private final StringProperty hold = new SimpleStringProperty("");
    private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
    private Path runs;
    private UserProfiles profiles;
    private BesideViewModel beside;
    private Stage stage;
    private VBox root;

    @Start
    private void open(Stage newStage) throws IOException {
        stage = newStage;
        runs = Files.createDirectories(home.resolve("runs"));
        profiles = DeviceCatalogue.userProfiles(home.resolve("devices"));
        beside =
                new BesideViewModel(
                        real,
                        new BesideSurroundings(
                                new RunLibrary(runs),
                                (file, listener) -> {
                                    throw new IOException("Nothing is started in this test.");
                                },
                                profiles,
                                () -> {},
                                hold,
                                tasks));
        root = new VBox(new BesideCard(beside, palette));
        root.getStyleClass().add("page");
        Scene scene = new Scene(root, 980, 360);
        scene.getStylesheets()
                .add(
                        Objects.requireNonNull(
                                        getClass()
                                                .getResource(
                                                        "/io/pocketllm/app/shell/workbench.css"))
                                .toExternalForm());
        stage.setScene(scene);
        // The stage is that of the test before.
        stage.setMinWidth(0);
        stage.setMinHeight(0);
        stage.setWidth(980);
        stage.setHeight(360);
        stage.show();
    }

    @AfterEach
    void end() {
        beside.close();
        tasks.close();
    }

    private void show(FxRobot robot, Path folder) {
        robot.interact(() -> real.set(folder));
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                folder == null
                                        || !beside.lines().getLast().isEmpty(Quantity.STEP_TIME));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Labeled.class).getText();
    }

    private static boolean isShown(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Node.class).isVisible();
    }

    private void draw(FxRobot robot, String name) throws Exception {
        robot.interact(root::layout);
        assertThat(LayoutCheck.faults(root)).as(name).isEmpty();
        Path file = Path.of("target", "screenshots", name + ".png");
        Files.createDirectories(file.getParent());
        Image image = WaitForAsyncUtils.asyncFx(() -> root.snapshot(null, null)).get();
        ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
    }

    @Test
    void without_a_run_it_says_what_to_do(FxRobot robot) throws Exception {
        assertThat(robot.lookup(".chart-empty").queryAs(Labeled.class).getText())
                .startsWith("Run something on this phone");
        assertThat(isShown(robot, ".beside-pane")).isFalse();
        draw(robot, "beside-empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {980, 680})
    void both_are_drawn_and_the_profile_is_corrected_and_taken_back(int width, FxRobot robot)
            throws Exception {
        Path phone = BesideFolders.real(runs, "2026-03-04-phone", 200, 1.068);
        BesideFolders.simulated(runs, "2026-03-05-twin", phone, 200);
        BesideFolders.simulated(runs, "2026-03-06-twin", phone, 200);
        robot.interact(() -> stage.setWidth(width));
        show(robot, phone);
        await().atMost(Duration.ofSeconds(20)).until(() -> beside.comparison() != null);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(text(robot, "#beside-verdict")).contains("% slower than its profile");
        assertThat(text(robot, "#beside-notes")).contains("40 steps earlier");
        assertThat(isShown(robot, "#beside-twins")).isTrue();
        assertThat(robot.lookup("#beside-chart").query().getAccessibleText())
                .contains("simulated: ", "this phone: ", " s at the end");
        draw(robot, "beside-" + width);

        robot.clickOn("#beside-temperature");
        assertThat(text(robot, "#beside-title")).startsWith("Temperature, °C");
        robot.clickOn("#beside-recalibrate");
        assertThat(text(robot, "#beside-saved")).contains(BesideFolders.PHONE, "before 1.");
        assertThat(profiles.find(BesideFolders.PHONE).stepTimeFactor()).isGreaterThan(1.05);
        draw(robot, "beside-saved-" + width);
        robot.clickOn("#beside-undo");
        assertThat(profiles.file(BesideFolders.PHONE)).isEmpty();
        assertThat(isShown(robot, "#beside-undo")).isFalse();
    }

    @Test
    void without_a_simulated_run_one_can_be_made_unless_another_trains(FxRobot robot)
            throws Exception {
        show(robot, BesideFolders.real(runs, "2026-03-04-phone", 60, 1.068));
        assertThat(text(robot, "#beside-empty")).contains("Simulate it here");
        robot.interact(() -> hold.set("A run is going on here. Simulate when it has ended."));
        assertThat(robot.lookup("#beside-simulate").query().isDisabled()).isTrue();
        assertThat(text(robot, "#beside-why-not")).contains("when it has ended");
        draw(robot, "beside-alone");
        robot.interact(() -> hold.set(""));
        robot.clickOn("#beside-simulate");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !text(robot, "#beside-simulation-problem").isEmpty());
        assertThat(text(robot, "#beside-simulation-problem")).contains("Nothing is started");
    }

    @Test
    void other_quantities_and_colours_are_drawn_too(FxRobot robot) throws Exception {
        Path phone = BesideFolders.real(runs, "2026-03-04-phone", 60, 0.9);
        BesideFolders.simulated(runs, "2026-03-05-twin", phone, 60);
        show(robot, phone);
        robot.interact(() -> palette.set(Palette.DARK));
        for (String each : List.of("memory", "temperature", "training-loss", "step-time")) {
            robot.clickOn("#beside-" + each);
            assertThat(robot.lookup("#beside-chart").query().getAccessibleText())
                    .as(each)
                    .doesNotContain("none");
        }
    }
}
