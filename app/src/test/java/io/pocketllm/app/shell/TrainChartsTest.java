package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.chart.XWindow;
import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.train.ChartsViewModel;
import io.pocketllm.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.Marker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The charts of Train under a mouse, while a run goes on. */
@ExtendWith(ApplicationExtension.class)
class TrainChartsTest {

    private static final int STEPS = 100;

    @TempDir private Path home;

    private final TestWindow setUp = new TestWindow();
    private final NoDialogs dialogs = setUp.dialogs();
    private WorkbenchWindow window;
    private FakeRun run;

    @Start
    private void open(Stage stage) {
        window = setUp.show(stage, home);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private void start(FxRobot robot) {
        robot.interact(() -> robot.lookup("#loss-chart").query().requestFocus());
        robot.push(KeyCode.SHORTCUT, KeyCode.R);
        awaitTrue(() -> setUp.launcher().count() > 0);
        run = setUp.launcher().last();
        run.say(Sample.started(512 * Sample.MB, STEPS));
        run.say(Sample.evaluated(0, 1.3, 0.57));
        say(1, 40);
    }

    private void say(int from, int to) {
        for (int step = from; step <= to; step++) {
            run.say(Sample.step(step, 1.3 - 0.01 * step));
            run.say(Sample.memory(2000 + 200L * step, 300 + step, 512));
        }
        awaitTrue(() -> window.workbench().train().figures().step() == to);
    }

    private ChartsViewModel charts() {
        return window.workbench().charts();
    }

    private static ChartCanvas canvas(FxRobot robot, String chart) {
        return robot.from(robot.lookup(chart).queryAll())
                .lookup((Node node) -> node instanceof ChartCanvas)
                .queryAs(ChartCanvas.class);
    }

    private static XYPlot plot(FxRobot robot, String chart) {
        return canvas(robot, chart).getChart().getXYPlot();
    }

    /** The point of the screen at a share of the loss chart's width. */
    private static Point2D at(FxRobot robot, double share) {
        ChartCanvas canvas = canvas(robot, "#loss-chart");
        var area = canvas.getRenderingInfo().getPlotInfo().getDataArea();
        return canvas.localToScreen(area.getMinX() + share * area.getWidth(), area.getCenterY());
    }

    private void drag(FxRobot robot, double from, double to) {
        robot.moveTo(at(robot, from)).press(MouseButton.PRIMARY);
        robot.moveTo(at(robot, to)).release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The robot's mouse knows no keys that are held. */
    private static void dragWithShift(FxRobot robot, double from, double to) {
        Node pane = robot.lookup("#loss-chart").query();
        Point2D[] places = {at(robot, from), at(robot, to), at(robot, to)};
        List<EventType<MouseEvent>> types =
                List.of(
                        MouseEvent.MOUSE_PRESSED,
                        MouseEvent.MOUSE_DRAGGED,
                        MouseEvent.MOUSE_RELEASED);
        for (int i = 0; i < places.length; i++) {
            Point2D place = pane.localToScene(pane.screenToLocal(places[i]));
            MouseEvent event =
                    new MouseEvent(
                            types.get(i),
                            place.getX(),
                            place.getY(),
                            places[i].getX(),
                            places[i].getY(),
                            MouseButton.PRIMARY,
                            1,
                            true,
                            false,
                            false,
                            false,
                            true,
                            false,
                            false,
                            true,
                            false,
                            true,
                            null);
            robot.interact(() -> Event.fireEvent(pane, event));
        }
    }

    private static boolean follows(FxRobot robot) {
        return robot.lookup("#follow").queryAs(ToggleButton.class).isSelected();
    }

    @Test
    void a_part_is_zoomed_by_dragging_and_stays_while_points_come_until_follow_is_pressed(
            FxRobot robot) {
        start(robot);
        assertThat(follows(robot)).isTrue();
        assertThat(robot.lookup("#back").query().isDisabled()).isTrue();
        drag(robot, 0.1, 0.3);
        XWindow zoomed = charts().windowProperty().get();
        assertThat(zoomed.min()).isCloseTo(0.1 * STEPS, within(2.0));
        assertThat(zoomed.max()).isCloseTo(0.3 * STEPS, within(2.0));
        assertThat(follows(robot)).isFalse();

        say(41, 60);
        assertThat(charts().windowProperty().get()).isEqualTo(zoomed);
        for (String chart : List.of("#loss-chart", "#memory-chart")) {
            assertThat(plot(robot, chart).getDomainAxis().getUpperBound())
                    .as(chart)
                    .isCloseTo(zoomed.max(), within(0.5));
        }

        robot.clickOn("#follow");
        assertThat(plot(robot, "#loss-chart").getDomainAxis().getUpperBound())
                .isGreaterThanOrEqualTo(STEPS);
        robot.clickOn("#back");
        assertThat(charts().windowProperty().get()).isEqualTo(zoomed);
    }

    @Test
    void the_wheel_zooms_around_the_pointer_shift_moves_and_two_clicks_show_all_again(
            FxRobot robot) {
        start(robot);
        robot.moveTo(at(robot, 0.2));
        robot.scroll(3, javafx.geometry.VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        boolean zoomsIn = charts().windowProperty().get() != null;
        if (!zoomsIn) {
            // Which way is "up" is the platform's to say.
            robot.scroll(3, javafx.geometry.VerticalDirection.DOWN);
            WaitForAsyncUtils.waitForFxEvents();
        }
        XWindow near = charts().windowProperty().get();
        assertThat(near.width()).isLessThan(0.7 * STEPS);
        assertThat(near.min() + 0.2 * near.width()).isCloseTo(0.2 * STEPS, within(3.0));

        dragWithShift(robot, 0.5, 0.3);
        XWindow moved = charts().windowProperty().get();
        assertThat(moved.width()).isCloseTo(near.width(), within(1.0));
        assertThat(moved.min()).isGreaterThan(near.min());

        robot.push(KeyCode.BACK_SPACE);
        assertThat(charts().windowProperty().get()).isNotEqualTo(moved);
        robot.scroll(
                40,
                zoomsIn
                        ? javafx.geometry.VerticalDirection.DOWN
                        : javafx.geometry.VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(follows(robot)).as("zoomed out to all there is").isTrue();

        drag(robot, 0.2, 0.6);
        assertThat(follows(robot)).isFalse();
        robot.moveTo(at(robot, 0.5)).doubleClickOn(MouseButton.PRIMARY);
        assertThat(follows(robot)).isTrue();
    }

    @Test
    void the_pointer_shows_every_value_and_one_line_over_both_charts(FxRobot robot) {
        start(robot);
        robot.moveTo(at(robot, 0.2));
        WaitForAsyncUtils.waitForFxEvents();
        List<String> said =
                robot.lookup(".chart-read-out").queryAllAs(Label.class).stream()
                        .filter(Node::isVisible)
                        .map(Label::getText)
                        .toList();
        assertThat(said).hasSize(2);
        assertThat(said.getFirst())
                .contains("step 20", "loss 1.", "raw 1.100", "at +ε 1.110, at −ε 1.090")
                .contains("held-out loss", "accuracy 57.0 %");
        assertThat(said.getLast()).contains("step 20").contains("MB");
        List<Double> lines =
                robot.lookup(".chart-hover-line").queryAllAs(Node.class).stream()
                        .filter(Node::isVisible)
                        .map(line -> line.localToScene(line.getBoundsInLocal()))
                        .map(Bounds::getCenterX)
                        .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isCloseTo(lines.getLast(), within(2.0));
        robot.moveTo("#primary");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup(".chart-hover-line").queryAllAs(Node.class))
                .noneMatch(Node::isVisible);
    }

    @Test
    void a_loss_that_is_no_number_is_marked_and_divergence_says_what_to_lower(FxRobot robot) {
        start(robot);
        run.say(
                new io.pocketllm.run.Event.Step(
                        10_200, 41, Double.NaN, Double.NaN, Double.NaN, 0.002, 200, 880.0, 700, 0));
        run.say(new io.pocketllm.run.Event.Diverged(10_400, 41, "The loss is NaN", ""));
        run.exit(ExitCode.DIVERGED);
        awaitTrue(() -> robot.lookup("#outcome").query().isVisible());
        assertThat(robot.lookup("#outcome .banner-title").queryAs(Label.class).getText())
                .isEqualTo("Diverged at step 41");
        assertThat(robot.lookup("#outcome .banner-text").queryAs(Label.class).getText())
                .contains("Lower the learning rate or ε");
        XYDataset marks = dataset(robot, "#loss-chart", "loss is not a number");
        assertThat(marks.getItemCount(0)).isEqualTo(1);
        assertThat(marks.getXValue(0, 0)).isEqualTo(41);
        assertThat(marks.getYValue(0, 0))
                .as("the last loss that was one")
                .isCloseTo(0.9, within(1e-9));
        assertThat(domainMarks(robot, "#loss-chart"))
                .singleElement()
                .satisfies(mark -> assertThat(mark.getValue()).isEqualTo(41));
        assertThat(robot.lookup("#loss-chart").query().getAccessibleText())
                .contains("not a number in 1 step")
                .contains("diverged at step 41");
        robot.clickOn("#banner-lower-learning-rate");
        assertThat(text(robot, "#note")).contains("Learning rate divided by ten");
    }

    private static XYDataset dataset(FxRobot robot, String chart, String name) {
        XYPlot plot = plot(robot, chart);
        for (int i = 0; i < plot.getDatasetCount(); i++) {
            XYDataset dataset = plot.getDataset(i);
            if (dataset != null && dataset.getSeriesKey(0).equals(name)) {
                return dataset;
            }
        }
        throw new AssertionError("no line \"" + name + "\"");
    }

    private static List<ValueMarker> domainMarks(FxRobot robot, String chart) {
        return values(plot(robot, chart).getDomainMarkers(Layer.FOREGROUND));
    }

    private static List<ValueMarker> values(Collection<?> markers) {
        return markers == null ? List.of() : markers.stream().map(ValueMarker.class::cast).toList();
    }

    @Test
    void the_budget_is_a_line_and_the_kill_a_mark(FxRobot robot) {
        start(robot);
        assertThat(values(plot(robot, "#memory-chart").getRangeMarkers(Layer.FOREGROUND)))
                .singleElement()
                .satisfies(line -> assertThat(line.getValue()).isCloseTo(512, within(0.1)))
                .extracting(Marker::getLabel)
                .isEqualTo("budget 512 MB: killed above this line");
        assertThat(domainMarks(robot, "#memory-chart")).isEmpty();
        run.say(
                new io.pocketllm.run.Event.Killed(
                        10_400, "", "", 530 * Sample.MB, 512 * Sample.MB, 40));
        run.exit(ExitCode.KILLED);
        awaitTrue(() -> !domainMarks(robot, "#memory-chart").isEmpty());
        assertThat(dataset(robot, "#memory-chart", "killed").getYValue(0, 0))
                .isCloseTo(530, within(0.1));
        assertThat(domainMarks(robot, "#loss-chart")).hasSize(1);
        assertThat(robot.lookup("#memory-chart").query().getAccessibleText())
                .endsWith("of a budget of 512 MB; killed.");
        assertThat(robot.lookup("#loss-chart").query().getAccessibleText()).endsWith("; killed.");
    }

    @Test
    void smoothing_changes_its_line_and_leaves_what_each_step_measured_behind_it(FxRobot robot) {
        start(robot);
        run.say(Sample.step(41, 3));
        awaitTrue(() -> window.workbench().train().figures().step() == 41);
        Slider slider = robot.lookup("#smoothing").queryAs(Slider.class);
        assertThat(slider.getTooltip().getText()).contains("Σ");
        double smooth = last(dataset(robot, "#loss-chart", "training loss, smoothed"));
        assertThat(smooth).isLessThan(1.5);
        robot.interact(slider::requestFocus);
        robot.push(KeyCode.HOME);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(last(dataset(robot, "#loss-chart", "training loss, smoothed")))
                .isCloseTo(3, within(1e-9));
        XYDataset raw = dataset(robot, "#loss-chart", "loss at +ε, each step");
        assertThat(last(raw)).isCloseTo(3.01, within(1e-9));
        assertThat(plot(robot, "#loss-chart").indexOf(raw))
                .as("drawn before, so behind")
                .isLessThan(
                        plot(robot, "#loss-chart")
                                .indexOf(dataset(robot, "#loss-chart", "training loss, smoothed")));
    }

    private static double last(XYDataset dataset) {
        return dataset.getYValue(0, dataset.getItemCount(0) - 1);
    }

    @Test
    void axes_become_logarithmic_and_count_steps_time_or_the_phones_time(FxRobot robot) {
        start(robot);
        robot.clickOn("#log-scale").clickOn("#log-x");
        assertThat(plot(robot, "#loss-chart").getRangeAxis(0)).isInstanceOf(LogAxis.class);
        assertThat(plot(robot, "#loss-chart").getDomainAxis()).isInstanceOf(LogAxis.class);
        robot.clickOn("#log-scale").clickOn("#log-x").clickOn("#axis-elapsed");
        XYDataset line = dataset(robot, "#loss-chart", "training loss, smoothed");
        assertThat(line.getXValue(0, line.getItemCount(0) - 1)).isCloseTo(10, within(0.01));
        robot.clickOn("#axis-phone_time");
        assertThat(line.getXValue(0, line.getItemCount(0) - 1)).isCloseTo(35.2, within(0.01));
    }

    @Test
    void charts_go_dark_with_the_window_and_say_in_words_what_they_show(FxRobot robot) {
        start(robot);
        robot.interact(() -> window.workbench().appearance().themeProperty().set(Theme.LIGHT));
        assertThat(canvas(robot, "#loss-chart").getChart().getBackgroundPaint())
                .isEqualTo(Palette.LIGHT.surface());
        robot.push(KeyCode.SHORTCUT, KeyCode.D);
        for (String chart : List.of("#loss-chart", "#memory-chart", "#slope-chart")) {
            assertThat(canvas(robot, chart).getChart().getBackgroundPaint())
                    .as(chart)
                    .isEqualTo(Palette.DARK.surface());
        }
        assertThat(robot.lookup("#loss-chart").query().getAccessibleText())
                .startsWith("Loss and accuracy after 40 steps: smoothed training loss ");
        assertThat(robot.lookup("#memory-chart").query().getAccessibleText())
                .startsWith("Memory of the run: resident set 340 MB now");
    }

    @Test
    void everything_goes_into_one_table_a_picture_and_the_clipboard(FxRobot robot)
            throws IOException {
        start(robot);
        dialogs.file = home.resolve("all.csv");
        robot.push(KeyCode.SHORTCUT, KeyCode.E);
        List<String> lines = Files.readAllLines(dialogs.file);
        assertThat(lines).as("a head, the start and a row a step").hasSize(1 + 1 + 40);
        assertThat(lines.getFirst())
                .contains(
                        "step,", "trainingLoss", "heldOutAccuracyPercent", "residentSetMegabytes");
        assertThat(text(robot, "#note")).isEqualTo("Saved all.csv.");
        dialogs.file = home.resolve("charts.png");
        robot.push(KeyCode.SHORTCUT, KeyCode.P);
        assertThat(javax.imageio.ImageIO.read(dialogs.file.toFile()).getWidth()).isEqualTo(2000);
        robot.push(KeyCode.SHORTCUT, KeyCode.K).write("copy the charts").push(KeyCode.ENTER);
        assertThat(dialogs.pictures)
                .singleElement()
                .satisfies(picture -> assertThat(picture.getWidth()).isEqualTo(2000));
    }
}
