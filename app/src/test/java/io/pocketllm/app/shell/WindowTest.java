package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pocketllm.app.fake.FakeRun;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.app.train.RunState;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
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

/** The real window, real clicks and keys, a made-up worker. */
@ExtendWith(ApplicationExtension.class)
class WindowTest {

    @TempDir static Path settings;

    private final TestWindow setUp = new TestWindow();
    private final FakeRun.Launcher launcher = setUp.launcher();
    private final NoDialogs dialogs = setUp.dialogs();
    private WorkbenchWindow window;
    private Stage stage;

    @Start
    private void open(Stage stage) {
        this.stage = stage;
        window = setUp.show(stage, settings);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private RunState state() {
        return window.workbench().train().stateProperty().get();
    }

    private void awaitState(RunState wanted) {
        await().atMost(Duration.ofSeconds(5)).until(() -> state() == wanted);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private FakeRun startByClick(FxRobot robot) {
        robot.clickOn("#primary");
        await().atMost(Duration.ofSeconds(5)).until(() -> launcher.count() > 0);
        FakeRun run = launcher.last();
        run.say(Sample.started(512 * Sample.MB, 600));
        run.say(Sample.evaluated(0, 1.3, 0.57));
        for (int i = 1; i <= 5; i++) {
            run.say(Sample.step(i, 1.3 - 0.1 * i));
            run.say(Sample.memory(2000 + 200L * i, 300, 512));
        }
        awaitState(RunState.RUNNING);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> window.workbench().train().figures().step() == 5);
        WaitForAsyncUtils.waitForFxEvents();
        return run;
    }

    @Test
    void a_run_is_started_watched_paused_resumed_and_stopped(FxRobot robot) {
        assertThat(text(robot, "#primary")).isEqualTo("Start");
        FakeRun run = startByClick(robot);
        assertThat(text(robot, "#status-state")).isEqualTo("Step 5 of 600");
        Node chart = robot.lookup("#loss-chart").query();
        assertThat(chart.getAccessibleText()).contains("after 5 steps").contains("57.0 %");

        robot.clickOn("#primary");
        assertThat(run.commands()).containsExactly("pause");
        run.say(new Event.Paused(4000, 5));
        awaitState(RunState.PAUSED);
        assertThat(text(robot, "#primary")).isEqualTo("Resume");

        robot.clickOn("#primary");
        run.say(new Event.Resumed(5000, 5));
        awaitState(RunState.RUNNING);

        robot.clickOn("#stop");
        assertThat(run.commands()).containsExactly("pause", "resume", "stop");
        run.say(new Event.Finished(6000, 5, true, 0.8, 0.6, 0.57, null, 300 * Sample.MB));
        run.exit(ExitCode.DONE);
        awaitState(RunState.FINISHED);
        assertThat(robot.lookup("#outcome .banner-title").queryAs(Label.class).getText())
                .isEqualTo("Stopped at step 5 of 600");
    }

    @Test
    void a_kill_is_explained_and_a_larger_phone_is_one_click_away(FxRobot robot) {
        robot.interact(() -> window.workbench().setup().budgetField().textProperty().set("280"));
        FakeRun run = startByClick(robot);
        run.say(
                new Event.Killed(
                        4000, "", "Choose a larger budget.", 300 * Sample.MB, 280 * Sample.MB, 5));
        run.exit(ExitCode.KILLED);
        awaitState(RunState.KILLED);
        assertThat(robot.lookup("#outcome .banner-text").queryAs(Label.class).getText())
                .contains("held 300 MB")
                .contains("grants it 280 MB")
                .contains("Choose a larger budget.");
        robot.clickOn("#banner-more-memory");
        assertThat(robot.lookup("#field-budget").queryAs(TextField.class).getText()).isEmpty();
        assertThat(text(robot, "#note")).contains("Phone changed");
        assertThat(robot.lookup("#primary").queryAs(Button.class).isDisabled()).isFalse();
    }

    @Test
    void a_failure_is_shown_and_its_report_copied(FxRobot robot) {
        FakeRun run = startByClick(robot);
        run.say(new Event.Failed(4000, "train.tsv: line 3 has one column", "Put a tab in it."));
        run.exit(ExitCode.BAD_INPUT);
        awaitState(RunState.FAILED);
        assertThat(robot.lookup("#outcome .banner-text").queryAs(Label.class).getText())
                .isEqualTo("train.tsv: line 3 has one column. Put a tab in it.");
        robot.clickOn("#banner-copy-report");
        assertThat(dialogs.copied.getLast()).contains("line 3 has one column").contains("Last ");
    }

    @Test
    void a_sentence_is_tried_while_the_run_goes_on(FxRobot robot) {
        FakeRun run = startByClick(robot);
        robot.clickOn("#try-text").write("Can you come?").push(KeyCode.ENTER);
        await().atMost(Duration.ofSeconds(5)).until(() -> run.asked().size() == 1);
        assertThat(run.asked().getFirst().text()).isEqualTo("Can you come?");
        run.say(
                new Event.Prediction(
                        4000,
                        run.asked().getFirst().id(),
                        "Can you come?",
                        5,
                        java.util.Map.of("reply now", 0.86),
                        java.util.Map.of("reply now", 0.4),
                        null));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> robot.lookup("40 % → 86 %").tryQuery().isPresent());
        assertThat(robot.lookup("#try-it").query().getAccessibleText())
                .contains("reply now: 40.0 % before, 86.0 % now");
        // Space and letters typed there steer nothing.
        assertThat(run.commands()).isEmpty();
    }

    @Test
    void the_lower_chart_changes_and_says_what_it_shows(FxRobot robot) {
        startByClick(robot);
        robot.clickOn("#lower-slope");
        assertThat(robot.lookup("#slope-chart").query().isVisible()).isTrue();
        assertThat(robot.lookup("#memory-chart").query().isVisible()).isFalse();
        assertThat(robot.lookup("#slope-chart").query().getAccessibleText())
                .startsWith("Slope |g| of step 5: 2");
        robot.clickOn("#lower-step-time");
        assertThat(robot.lookup("#step-time-chart").query().getAccessibleText())
                .contains("on the phone 0.88");
    }

    @Test
    void text_grows_by_a_key_charts_too_and_comes_back(FxRobot robot) {
        double before = robot.lookup("#primary").queryAs(Button.class).getFont().getSize();
        robot.interact(() -> robot.lookup("#loss-chart").query().requestFocus());
        robot.push(KeyCode.CONTROL, KeyCode.EQUALS).push(KeyCode.CONTROL, KeyCode.EQUALS);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#primary").queryAs(Button.class).getFont().getSize())
                .isCloseTo(1.2 * before, org.assertj.core.api.Assertions.within(0.3));
        assertThat(window.workbench().appearance().paletteProperty().get().textSize())
                .isEqualTo(13);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
        assertThat(window.workbench().appearance().textSizeProperty().get()).isEqualTo(100);
    }

    @Test
    void what_cannot_be_saved_is_told_with_a_report(FxRobot robot) {
        dialogs.file = settings.resolve("nowhere").resolve("run.csv");
        robot.interact(() -> window.workbench().saveTable());
        assertThat(dialogs.problems)
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.title()).isEqualTo("Not saved: run.csv");
                            assertThat(problem.what()).contains("no such folder");
                            assertThat(problem.report()).contains("NoSuchFileException");
                        });
    }

    @Test
    void a_fault_of_the_program_is_told_once_and_the_window_lives(FxRobot robot) {
        robot.interact(() -> window.workbench().tellFault(new IllegalStateException("odd")));
        robot.interact(() -> window.workbench().tellFault(new IllegalStateException("odder")));
        assertThat(dialogs.problems).hasSize(1);
        assertThat(dialogs.problems.getFirst().report())
                .contains("odd")
                .contains("IllegalStateException");
        startByClick(robot);
    }

    @Test
    void keys_work_but_not_while_a_number_is_typed(FxRobot robot) {
        FakeRun run = startByClick(robot);
        robot.interact(() -> robot.lookup("#loss-chart").query().requestFocus());
        robot.push(KeyCode.SPACE);
        assertThat(run.commands()).containsExactly("pause");
        robot.push(KeyCode.L);
        assertThat(robot.lookup(".log-card").query().isVisible()).isTrue();
        robot.push(KeyCode.CONTROL, KeyCode.PERIOD);
        assertThat(run.commands()).containsExactly("pause", "stop");
        run.exit(ExitCode.DONE);
        awaitState(RunState.FAILED);
        robot.clickOn("#field-seed");
        robot.interact(() -> robot.lookup("#field-seed").queryAs(TextField.class).clear());
        robot.write("12");
        robot.push(KeyCode.L);
        assertThat(robot.lookup(".log-card").query().isVisible()).isTrue();
        assertThat(robot.lookup("#field-seed").queryAs(TextField.class).getText()).startsWith("12");
    }

    @Test
    void the_phones_state_its_charger_and_its_kill_are_shown(FxRobot robot) {
        FakeRun run = startByClick(robot);
        run.say(Sample.phone(300, null));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> text(robot, "#phone-temperature").equals("38.0 °C"));
        assertThat(text(robot, "#phone-clock")).isEqualTo("85 %");
        robot.interact(() -> robot.lookup("#phone-charger").queryAs(Button.class).fire());
        assertThat(run.commands()).containsExactly("plug");
        run.say(new Event.Killed(9000, "", "", 530 * Sample.MB, 512 * Sample.MB, 300));
        run.exit(ExitCode.KILLED);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> text(robot, "#phone-killed").contains("530 MB"));
    }

    @Test
    void the_pane_of_phone_profiles_opens_over_the_page_and_escape_closes_it(FxRobot robot) {
        Node pane = robot.lookup("#profiles-card").query();
        assertThat(pane.isVisible()).isFalse();
        robot.interact(() -> window.workbench().openProfiles());
        assertThat(pane.isVisible()).isTrue();
        robot.press(javafx.scene.input.KeyCode.ESCAPE).release(javafx.scene.input.KeyCode.ESCAPE);
        assertThat(pane.isVisible()).isFalse();
    }

    @Test
    void a_bad_number_holds_start_back_until_it_is_mended(FxRobot robot) {
        TextField steps = robot.lookup("#field-steps").queryAs(TextField.class);
        robot.interact(() -> steps.setText("many"));
        assertThat(robot.lookup("#primary").queryAs(Button.class).isDisabled()).isTrue();
        assertThat(robot.lookup(".field-grid .field-error").queryAs(Label.class).getText())
                .contains("\"many\"");
        robot.interact(() -> steps.setText("20"));
        assertThat(robot.lookup("#primary").queryAs(Button.class).isDisabled()).isFalse();
    }

    @Test
    void closing_a_run_that_learnt_something_asks_and_keeps_it_where_the_person_wants(
            FxRobot robot) {
        FakeRun run = startByClick(robot);
        dialogs.agrees = false;
        robot.interact(window::close);
        assertThat(stage.isShowing()).isTrue();
        assertThat(dialogs.asked).hasSize(1);
        dialogs.agrees = true;
        robot.interact(window::close);
        assertThat(run.commands()).containsExactly("stop");
        run.exit(ExitCode.DONE);
        await().atMost(Duration.ofSeconds(5)).until(() -> !stage.isShowing());
    }

    @Test
    void the_theme_changes_at_once_and_is_kept(FxRobot robot) {
        robot.interact(() -> window.workbench().appearance().themeProperty().set(Theme.DARK));
        assertThat(stage.getScene().getPreferences().getColorScheme())
                .isEqualTo(javafx.application.ColorScheme.DARK);
        robot.interact(() -> window.workbench().appearance().themeProperty().set(Theme.LIGHT));
        assertThat(stage.getScene().getPreferences().getColorScheme())
                .isEqualTo(javafx.application.ColorScheme.LIGHT);
        assertThat(new WindowSettings(settings).theme()).isEqualTo(Theme.LIGHT);
    }

    @Test
    void a_model_is_chosen_by_its_menu_and_one_that_is_broken_says_so_in_its_card(FxRobot robot) {
        dialogs.file = Path.of("/models/broken");
        robot.clickOn("#model-menu").clickOn("Choose folder…");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> text(robot, "#model-error").contains("has no tokenizer.json"));
        dialogs.file = Path.of("/models/opt-125m");
        robot.clickOn("#model-menu").clickOn("Choose folder…");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> text(robot, "#model-card .setup-title").equals("opt-125m"));
        assertThat(text(robot, "#model-error")).isEmpty();
        robot.clickOn("#model-details");
        assertThat(robot.lookup("30,522").queryLabeled().isVisible()).isTrue();
    }

    @Test
    void a_published_method_is_chosen_by_its_menu(FxRobot robot) {
        robot.interact(
                () ->
                        window.workbench()
                                .setup()
                                .chooseMethod(
                                        io.pocketllm.zo.MethodCatalogue.find("lozo")
                                                .orElseThrow()));
        assertThat(text(robot, "#method-card .setup-title")).isEqualTo("LOZO");
        assertThat(robot.lookup("#field-direction-rank").queryAs(TextField.class).getText())
                .isEqualTo("2");
    }

    @Test
    void what_to_do_is_found_by_typing_it(FxRobot robot) {
        robot.push(KeyCode.CONTROL, KeyCode.K);
        assertThat(robot.lookup("#palette").query().isVisible()).isTrue();
        robot.write("sparse").push(KeyCode.ENTER);
        assertThat(robot.lookup("#palette").query().isVisible()).isFalse();
        assertThat(text(robot, "#method-card .setup-title")).isEqualTo("Sparse-MeZO");
        robot.clickOn("#search").push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#palette").query().isVisible()).isFalse();
    }
}
