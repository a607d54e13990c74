package io.pocketllm.app.shell;

import static io.pocketllm.app.fake.TestWindow.awaitTrue;
import static io.pocketllm.app.fake.TestWindow.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.app.fake.FakePhones;
import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.fake.Sample;
import io.pocketllm.app.fake.SampleRuns;
import io.pocketllm.app.fake.TestWindow;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.PhoneState;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import io.pocketllm.run.Event;
import io.pocketllm.run.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
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

/** Real phones in the real window, with phones that are made up. */
@ExtendWith(ApplicationExtension.class)
class PhonesPlaceTest {

    private static final String SERIAL = "1a2b3c4d";

    @TempDir private Path home;

    private final FakePhones phones = new FakePhones();
    private final TestWindow setUp = new TestWindow();
    private final NoDialogs dialogs = setUp.dialogs();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private WorkbenchWindow window;

    @Start
    private void open(Stage stage) {
        window = setUp.realPhones(phones).show(stage, home);
    }

    @AfterEach
    void end() {
        setUp.close();
    }

    private static boolean shown(FxRobot robot, String query) {
        return robot.lookup(query).tryQuery().filter(PhonesPlaceTest::isShown).isPresent();
    }

    private static boolean isShown(Node node) {
        return node.getParent() == null || node.isVisible() && isShown(node.getParent());
    }

    /** What lies below the edge of the small screen of tests cannot be clicked on. */
    private static void fire(FxRobot robot, String query) {
        robot.interact(() -> robot.lookup(query).queryAs(ButtonBase.class).fire());
    }

    private void untilCancelled(Cancellation cancellation) {
        try {
            while (!cancellation.isCancelled()) {
                if (goOn.await(10, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_phone_is_allowed_read_sent_to_run_on_and_its_run_shown(FxRobot robot) throws Exception {
        assertThat(phones.asked()).isEmpty();
        phones.list(FakePhones.phone(SERIAL, PhoneState.UNAUTHORIZED, "unauthorized", ""));
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT4);
        awaitTrue(() -> shown(robot, "#phone-why"));
        assertThat(text(robot, "#phone-why")).contains("has not allowed this computer yet");
        assertThat(robot.lookup("#phone-to-do .label").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .anyMatch(line -> line.contains("tap \"Allow\""));
        assertThat(shown(robot, "#send-card")).isFalse();

        phones.list(FakePhones.ready(SERIAL, "CPH2251"));
        awaitTrue(() -> shown(robot, "#send-card") && !shown(robot, "#phone-why"));
        awaitTrue(() -> text(robot, "#phone-name").equals("OPPO CPH2251"));
        assertThat(robot.lookup("#this-phone .label").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .contains(
                        "2 × Cortex-A78, 2.4 GHz\n6 × Cortex-A55, 2.0 GHz",
                        "71 %, 31.5 °C, plugged in");

        phones.during =
                (progress, cancellation) -> {
                    progress.accept(
                            FakePhones.progress(
                                    "models/m/model.bin",
                                    45_000_000,
                                    30e6,
                                    new TransferProgress.Part(
                                            TransferKind.MODEL, 90_000_000, 45_000_000, 0)));
                    untilCancelled(cancellation);
                };
        awaitTrue(() -> !robot.lookup("#phone-run").query().isDisabled());
        fire(robot, "#phone-send");
        awaitTrue(() -> text(robot, "#transfer-model").equals("30 MB/s, 2 s left"));
        assertThat(robot.lookup("#phone-run").query().isDisabled()).isTrue();
        fire(robot, "#transfer-cancel");
        awaitTrue(() -> text(robot, "#transfer-told").startsWith("Cancelled. Nothing half"));

        Path folder =
                SampleRuns.write(home.resolve("runs"), 3, "there", 20, 9, SampleRuns.End.FINISHED);
        phones.runsIn(folder);
        phones.during = (progress, cancellation) -> {};
        fire(robot, "#phone-run");
        awaitTrue(() -> phones.run(SERIAL) != null);
        phones.run(SERIAL).say(Sample.started(512 * Sample.MB, 20));
        phones.run(SERIAL).say(Sample.step(1, 1.1));
        phones.run(SERIAL).say(Sample.memory(2000, 280, 512));
        awaitTrue(() -> text(robot, "#phone-run-state").equals("Step 1 of 20"));
        assertThat(robot.lookup("#phone-run-card .label").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .contains("1.100", "280 MB of 512 MB");
        fire(robot, "#phone-run-pause");
        assertThat(phones.run(SERIAL).commands()).containsExactly("pause");
        phones.run(SERIAL)
                .say(new Event.Finished(9000, 20, false, 0.5, 0.8, 0.57, null, 290 * Sample.MB));
        phones.run(SERIAL).exit(ExitCode.DONE);
        awaitTrue(() -> text(robot, "#phone-run-outcome").startsWith("Held-out accuracy from 57"));
        fire(robot, "#phone-run-show");
        awaitTrue(() -> window.workbench().runs().selected().size() == 1);
        assertThat(window.workbench().placeProperty().get()).isEqualTo(Place.RUNS);
        assertThat(window.workbench().runs().selected().getFirst().folder()).isEqualTo(folder);
    }

    @Test
    void what_was_read_can_be_simulated(FxRobot robot) {
        phones.list(FakePhones.ready(SERIAL, "CPH2251"));
        robot.clickOn("#tab-phones");
        awaitTrue(() -> shown(robot, "#phone-profile"));
        awaitTrue(() -> !robot.lookup("#phone-profile").query().isDisabled());
        fire(robot, "#phone-profile");
        awaitTrue(() -> shown(robot, "#phone-simulate"));
        fire(robot, "#phone-simulate");
        awaitTrue(() -> window.workbench().placeProperty().get() == Place.TRAIN);
        assertThat(window.workbench().setup().fileProperty().get().spec().device().profile())
                .isEqualTo("phone-cph2251");
        assertThat(window.workbench().setup().phone()).isPresent();
    }

    @Test
    void a_phone_is_paired_then_connected_and_nothing_waits_for_it(FxRobot robot) {
        robot.clickOn("#tab-phones");
        awaitTrue(() -> text(robot, "#phones-empty-title").equals("No phone is connected"));
        robot.clickOn("#phones-pair");
        robot.interact(
                () ->
                        robot.lookup("#link-address")
                                .queryAs(TextField.class)
                                .setText("192.168.1.14:40007"));
        robot.clickOn("#link-code").write("1234").push(KeyCode.ENTER);
        assertThat(text(robot, "#link-code-error")).contains("six digits");
        phones.during = (progress, cancellation) -> untilCancelled(cancellation);
        robot.write("56").push(KeyCode.ENTER);
        awaitTrue(() -> text(robot, "#link-told").startsWith("Pairing with"));
        robot.clickOn("#link-cancel");
        awaitTrue(() -> text(robot, "#link-told").equals("Cancelled."));

        phones.during = (progress, cancellation) -> {};
        robot.clickOn("#link-submit");
        awaitTrue(() -> text(robot, "#link-told").startsWith("Paired."));
        assertThat(shown(robot, "#link-code")).isFalse();
        robot.clickOn("#link-address").push(KeyCode.END).write("37123").push(KeyCode.ENTER);
        awaitTrue(() -> text(robot, "#link-told").startsWith("Connected to 192.168.1.14:37123"));
        phones.list(FakePhones.ready("192.168.1.14:37123", "Pixel_8"));
        awaitTrue(() -> shown(robot, "#phone-192-168-1-14-37123"));
    }

    @Test
    void the_keyboard_chooses_a_phone_and_closing_leaves_its_run_alone(FxRobot robot) {
        phones.list(FakePhones.ready("one", "A"), FakePhones.ready("two", "B"));
        robot.clickOn("#tab-phones");
        awaitTrue(() -> shown(robot, "#phone-two"));
        robot.interact(() -> robot.lookup("#phone-two").query().requestFocus());
        robot.push(KeyCode.ENTER);
        awaitTrue(
                () -> window.workbench().phones().selectedProperty().get().serial().equals("two"));
        awaitTrue(() -> !robot.lookup("#phone-run").query().isDisabled());
        fire(robot, "#phone-run");
        awaitTrue(() -> phones.run("two") != null);
        awaitTrue(() -> window.workbench().phones().shownRunProperty().get() != null);
        robot.interact(window::close);
        awaitTrue(() -> phones.asked().contains("detach two"));
        assertThat(phones.run("two").commands()).isEmpty();
        assertThat(phones.asked()).contains("untrack");
        assertThat(dialogs.asked).isEmpty();
    }
}
