package io.pocketllm.app.fake;

import static org.awaitility.Awaitility.await;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.phones.PhoneEngine;
import io.pocketllm.app.setup.RunSource;
import io.pocketllm.app.shell.HostProbing;
import io.pocketllm.app.shell.WindowSettings;
import io.pocketllm.app.shell.WorkbenchWindow;
import io.pocketllm.app.sweep.SweepEngine;
import io.pocketllm.app.task.FxTasks;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.HostMeter;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The real window as tests open it: over a made-up worker, three phones, dialogs that answer by
 * themselves and an empty home. What a test is about it exchanges first; then {@link #show} or
 * {@link #make}.
 */
public final class TestWindow implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FxTasks tasks = new FxTasks();
    private final NoDialogs noDialogs = new NoDialogs();
    private final FakeRun.Launcher fakeLauncher = new FakeRun.Launcher();
    private RunProcess.Launcher launcher = fakeLauncher;
    private RunSource source;
    private List<DeviceProfile> phones = Sample.phones();
    private Dialogs dialogs = noDialogs;
    private Callable<HostMeter.Reading> meter =
            () -> new HostMeter.Reading(0.5, 5L << 30, 24L << 30, 2);
    private HostProbing.Probe probe = HostProbing.Probe.NONE;
    private SweepEngine sweeps = SweepEngine.none();
    private PhoneEngine realPhones = PhoneEngine.none();

    /** With workers of one's own. */
    public TestWindow launcher(RunProcess.Launcher other) {
        launcher = other;
        return this;
    }

    /** With run files and previews of one's own. */
    public TestWindow source(RunSource other) {
        source = other;
        return this;
    }

    /** With other phones to choose from. */
    public TestWindow phones(List<DeviceProfile> other) {
        phones = other;
        return this;
    }

    /** With dialogs of one's own. */
    public TestWindow dialogs(Dialogs other) {
        dialogs = other;
        return this;
    }

    /** With another load of this computer. */
    public TestWindow meter(Callable<HostMeter.Reading> other) {
        meter = other;
        return this;
    }

    /** With something that measures this computer. */
    public TestWindow probe(HostProbing.Probe other) {
        probe = other;
        return this;
    }

    /** With something that runs sweeps. */
    public TestWindow sweeps(SweepEngine other) {
        sweeps = other;
        return this;
    }

    /** With real phones, or some that are made up. */
    public TestWindow realPhones(PhoneEngine other) {
        realPhones = other;
        return this;
    }

    /** Shows the window with {@link Sample#file()} set up. */
    public WorkbenchWindow show(Stage stage, Path home) {
        return show(stage, home, Sample.file());
    }

    /** Shows the window with a run set up. */
    public WorkbenchWindow show(Stage stage, Path home, RunFile run) {
        WorkbenchWindow window = make(stage, home);
        window.show(run);
        return window;
    }

    /**
     * Makes the window and does not show it yet.
     *
     * @param home its settings; runs are in the folder {@code runs} there
     */
    public WorkbenchWindow make(Stage stage, Path home) {
        return new WorkbenchWindow(
                stage,
                new WorkbenchWindow.Parts(
                        launcher,
                        source == null ? Sample.source(phones) : source,
                        phones,
                        dialogs,
                        tasks,
                        meter,
                        new RunLibrary(home.resolve("runs")),
                        new WindowSettings(home),
                        probe,
                        sweeps,
                        realPhones,
                        Folders.under(home)));
    }

    /** The made-up workers, where no others are given. */
    public FakeRun.Launcher launcher() {
        return fakeLauncher;
    }

    /** The dialogs that answer by themselves, where no others are given. */
    public NoDialogs dialogs() {
        return noDialogs;
    }

    /** The window's background work. */
    public FxTasks tasks() {
        return tasks;
    }

    /** Ends the window's threads. */
    @Override
    public void close() {
        tasks.close();
    }

    /** Waits until something is so, and what it leads to is on the screen. */
    public static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** The text of a label or button. */
    public static String text(FxRobot robot, String query) {
        return robot.lookup(query).queryAs(Labeled.class).getText();
    }
}
