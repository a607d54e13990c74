package io.pocketllm.app.screenshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.app.fake.FakeSweeps;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.shell.Theme;
import io.pocketllm.app.shell.WorkbenchWindow;
import io.pocketllm.device.DeviceCatalogue;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.animation.AnimationTimer;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Label;
import javafx.scene.transform.Scale;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Draws every place of the real window, light and dark, at one and one and a half pixels a point,
 * into {@code target/screenshots}. With {@code -Dscreenshots.update=true} those that the guide
 * shows replace the ones in {@code docs/images}.
 */
@ExtendWith(ApplicationExtension.class)
class ScreenshotsTest {

    private static final Path TARGET = GuidePictures.module().resolve("target/screenshots");

    /** A blank window, or one without its style, has fewer. */
    private static final int FEWEST_COLOURS = 60;

    @TempDir private Path home;

    private final FakePhones phones = new FakePhones();
    private final TestWindow setUp = new TestWindow();
    private FakeSweeps sweeps;
    private WorkbenchWindow window;
    private Parent root;

    @Start
    private void open(Stage stage) throws IOException {
        sweeps = new FakeSweeps(home);
        Path runs = home.resolve("runs");
        Stagehand.writeRuns(runs);
        window =
                setUp.phones(DeviceCatalogue.builtin())
                        .sweeps(sweeps)
                        .realPhones(phones)
                        .show(stage, home);
        // The screen that is none is smaller than a usual window.
        stage.setWidth(Picture.WIDTH);
        stage.setHeight(Picture.HEIGHT);
        root = stage.getScene().getRoot();
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_place_is_drawn_whole(Scene scene, FxRobot robot) throws Exception {
        new Stagehand(window.workbench(), setUp.launcher(), sweeps, phones, home.resolve("runs"))
                .set(scene);
        for (boolean dark : List.of(false, true)) {
            robot.interact(
                    () ->
                            window.workbench()
                                    .appearance()
                                    .themeProperty()
                                    .set(dark ? Theme.DARK : Theme.LIGHT));
            robot.interact(this::hideFolder);
            awaitFrames(robot);
            for (int percent : List.of(100, 150)) {
                Picture picture = new Picture(scene, dark, percent);
                BufferedImage image = draw(robot, percent);
                save(picture, image);
                assertThat(image.getWidth()).isEqualTo(picture.pixelWidth());
                assertThat(image.getHeight()).isEqualTo(picture.pixelHeight());
                assertThat(colours(image)).as(picture.fileName()).isGreaterThan(FEWEST_COLOURS);
                assertThat(brightness(image) < 0.5).as("dark").isEqualTo(dark);
            }
        }
        assertThat(LayoutCheck.faults(root)).as(scene.name()).isEmpty();
    }

    /** The test's own folder does not belong in a guide, and is another one each time. */
    private void hideFolder() {
        for (Node node : root.lookupAll(".label")) {
            if (node instanceof Label label && label.getText().contains(home.toString())) {
                label.setText(label.getText().replace(home.toString(), "~/pocketllm"));
            }
        }
    }

    private BufferedImage draw(FxRobot robot, int percent) {
        BufferedImage[] drawn = new BufferedImage[1];
        robot.interact(
                () -> {
                    SnapshotParameters parameters = new SnapshotParameters();
                    parameters.setTransform(new Scale(percent / 100.0, percent / 100.0));
                    BufferedImage image =
                            SwingFXUtils.fromFXImage(root.snapshot(parameters, null), null);
                    // Without transparency the file is a quarter smaller.
                    drawn[0] =
                            new BufferedImage(
                                    image.getWidth(),
                                    image.getHeight(),
                                    BufferedImage.TYPE_INT_RGB);
                    drawn[0].createGraphics().drawImage(image, 0, 0, null);
                });
        return drawn[0];
    }

    private static void save(Picture picture, BufferedImage image) throws IOException {
        Files.createDirectories(TARGET);
        Path file = TARGET.resolve(picture.fileName());
        ImageIO.write(image, "png", file.toFile());
        if (Boolean.getBoolean("screenshots.update")
                && GuidePictures.named().contains(picture.fileName())) {
            Path shown = GuidePictures.images().resolve(picture.fileName());
            Files.copy(file, shown, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Charts are drawn in the frame after the one that has changed their colours. */
    private static void awaitFrames(FxRobot robot) throws InterruptedException {
        CountDownLatch frames = new CountDownLatch(4);
        robot.interact(
                () ->
                        new AnimationTimer() {
                            @Override
                            public void handle(long nanos) {
                                frames.countDown();
                                if (frames.getCount() == 0) {
                                    stop();
                                }
                            }
                        }.start());
        assertThat(frames.await(30, TimeUnit.SECONDS)).as("frames are drawn").isTrue();
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static long colours(BufferedImage image) {
        return Arrays.stream(pixels(image)).distinct().count();
    }

    private static double brightness(BufferedImage image) {
        return Arrays.stream(pixels(image)).map(p -> p >> 8 & 0xff).average().orElseThrow() / 255;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
