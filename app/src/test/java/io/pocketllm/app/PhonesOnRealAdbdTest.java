package io.pocketllm.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.pocketllm.app.fake.NoDialogs;
import io.pocketllm.app.phones.AdbPhoneEngine;
import io.pocketllm.app.phones.LinkViewModel;
import io.pocketllm.app.phones.OwnProfiles;
import io.pocketllm.app.phones.PhoneSurroundings;
import io.pocketllm.app.phones.PhoneViewModel;
import io.pocketllm.app.phones.PhonesViewModel;
import io.pocketllm.app.setup.RunSource;
import io.pocketllm.app.shell.HostProbing;
import io.pocketllm.app.shell.Place;
import io.pocketllm.app.shell.WindowSettings;
import io.pocketllm.app.shell.WorkbenchWindow;
import io.pocketllm.app.sweep.SweepEngine;
import io.pocketllm.app.task.FxTasks;
import io.pocketllm.app.train.RunState;
import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.HostMeter;
import io.pocketllm.phone.AdbServer;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.PhoneAddress;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The real window over a real adb server and a real adbd. Skipped, aloud, where {@code
 * engine/src/test/phone/install.sh} has not run; the profile {@code phones} requires it.
 */
@Tag("real-adbd")
@ExtendWith(ApplicationExtension.class)
class PhonesOnRealAdbdTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir static Path home;

    private final FxTasks tasks = new FxTasks();
    private final NoDialogs dialogs = new NoDialogs();
    private RealPhone real;
    private WorkbenchWindow window;
    private PhonesViewModel phones;

    @Start
    private void open(Stage stage) throws Exception {
        if (!RealPhone.isInstalled()) {
            return;
        }
        real = new RealPhone();
        Folders folders = Folders.under(home);
        Runs runs = new Runs(folders);
        window =
                new WorkbenchWindow(
                        stage,
                        new WorkbenchWindow.Parts(
                                runs,
                                RunSource.of(runs),
                                DeviceCatalogue.builtin(),
                                dialogs,
                                tasks,
                                () -> new HostMeter.Reading(0, 0, 1L << 30, 1),
                                new RunLibrary(folders.runs(), folders.cache()),
                                new WindowSettings(folders.settings()),
                                HostProbing.Probe.NONE,
                                SweepEngine.of(runs),
                                new AdbPhoneEngine(folders, real.settings(), RealPhone.bundles()),
                                folders));
        window.show(
                Runs.sample(Runs.samples().getFirst())
                        .with("training.steps", "400")
                        .with("training.evaluateEvery", "100000")
                        .with("training.reference", "false"));
    }

    @AfterEach
    void end() throws Exception {
        tasks.close();
        if (real != null) {
            real.close();
        }
    }

    private PhonesViewModel phones() {
        return phones == null ? window.workbench().phones() : phones;
    }

    private PhoneViewModel phone() {
        return phones().selectedProperty().get();
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** What was heard so far, to say why a run did not go on. */
    private String events() throws IOException {
        Path folder = phones().shownRunProperty().get();
        return folder == null || !Files.exists(folder.resolve("events.ndjson"))
                ? "nothing heard"
                : Files.readString(folder.resolve("events.ndjson"));
    }

    private void idle() {
        awaitTrue(() -> !phone().transfer().busyProperty().get());
        assertThat(phone().transfer().troubleProperty().get().text()).isEmpty();
    }

    @Test
    void a_phone_is_connected_read_run_on_left_and_followed_again(FxRobot robot) throws Exception {
        String why = "NOT TESTED AGAINST A REAL ADBD: run engine/src/test/phone/install.sh first";
        assertThat(real != null || System.getenv("POCKETLLM_REQUIRE_PHONES") == null)
                .as(why)
                .isTrue();
        assumeThat(real).as(why).isNotNull();
        robot.interact(() -> window.workbench().placeProperty().set(Place.PHONES));
        awaitTrue(() -> !phones().lookingProperty().get());
        assertThat(phones().troubleProperty().get().text()).isEmpty();
        assertThat(phones().phones()).isEmpty();
        robot.interact(
                () -> {
                    phones().link().open(LinkViewModel.Kind.CONNECT);
                    phones().link().addressProperty().set(real.serial());
                    phones().link().submit();
                });
        awaitTrue(() -> phone() != null && phone().isReady());
        awaitTrue(() -> phone().reading().readingProperty().get() != null);
        assertThat(phone().nameProperty().get()).isEqualTo("OPPO Reno6 5G");
        robot.interact(() -> phone().reading().saveProfile());
        assertThat(phone().reading().profileIdProperty().get()).startsWith("phone-cph");

        awaitTrue(() -> phone().hold().isEmpty());
        robot.interact(() -> phone().send());
        idle();
        assertThat(real.file("/data/local/tmp/pocketllm/models")).isNotEmptyDirectory();

        Path bundle = RealPhone.bundles().getFirst().resolve("pocketllm-engine-x86_64.tar");
        String missing = "the engine for phones, as the engine's own tests build it";
        if (System.getenv("POCKETLLM_REQUIRE_PHONES") != null) {
            assertThat(bundle).as(missing).isRegularFile();
        }
        assumeThat(bundle).as(missing).isRegularFile();
        awaitTrue(() -> phone().holdRun().isEmpty());
        robot.interact(() -> phone().runThere());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(phone().run().figures().step())
                                        .as(
                                                "%s, %s, %s",
                                                phone().run().stateProperty().get(),
                                                phone().transfer().troubleProperty().get(),
                                                events())
                                        .isGreaterThan(1));
        Path folder = phones().shownRunProperty().get();

        AdbServer server = new AdbServer(real.settings());
        server.disconnect(PhoneAddress.parse(real.serial()));
        awaitTrue(() -> phone().run().awayProperty().get());
        assertThat(phones().phones()).hasSize(1);
        assertThat(phone().run().stateProperty().get()).isEqualTo(RunState.RUNNING);
        int away = phone().run().figures().step();
        server.connect(PhoneAddress.parse(real.serial()), new Cancellation());
        awaitTrue(() -> phone().run().figures().step() > away + 1);
        assertThat(phone().run().awayProperty().get()).isFalse();

        int before = phone().run().figures().step();
        // As when the window closes.
        robot.interact(() -> phones().close());
        assertThat(Files.readString(folder.resolve("phone-run.json"))).contains(real.serial());

        robot.interact(this::openAgain);
        awaitTrue(() -> phone() != null && phone().isReady());
        awaitTrue(() -> phone().run().left().size() == 1);
        assertThat(phone().run().left().getFirst().folder()).isEqualTo(folder);
        robot.interact(() -> phone().fetch());
        awaitTrue(() -> phone().run().figures().step() > before);
        robot.interact(() -> phone().run().stop());
        awaitTrue(() -> phone().run().stateProperty().get() == RunState.FINISHED);
        awaitTrue(() -> Files.exists(folder.resolve("summary.json")));
        assertThat(folder.resolve("trajectory.zot")).isNotEmptyFile();
        awaitTrue(() -> phone().run().left().isEmpty());

        robot.interact(() -> phone().clean());
        idle();
        assertThat(phone().transfer().toldProperty().get()).startsWith("Removed; nothing");
        assertThat(real.file("/data/local/tmp/pocketllm")).doesNotExist();
        robot.interact(() -> phones().close());
    }

    private void openAgain() {
        phones =
                new PhonesViewModel(
                        new PhoneSurroundings(
                                new AdbPhoneEngine(
                                        Folders.under(home), real.settings(), RealPhone.bundles()),
                                tasks,
                                dialogs,
                                new OwnProfiles(
                                        DeviceCatalogue.userProfiles(home.resolve("devices")),
                                        () -> {}),
                                DeviceCatalogue.builtin(),
                                window.workbench().setup().fileProperty(),
                                window.workbench().setup().holdReasonBinding(),
                                PhoneSurroundings.KeptText.untilClosed()));
        phones.open();
    }
}
