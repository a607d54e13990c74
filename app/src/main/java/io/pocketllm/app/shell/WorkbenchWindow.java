package io.pocketllm.app.shell;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.fits.FitsViewModel;
import io.pocketllm.app.help.Handbook;
import io.pocketllm.app.help.HelpViewModel;
import io.pocketllm.app.phones.BesideViewModel;
import io.pocketllm.app.phones.PhoneEngine;
import io.pocketllm.app.phones.PhonesViewModel;
import io.pocketllm.app.runs.RunsViewModel;
import io.pocketllm.app.setup.ModelViewModel;
import io.pocketllm.app.setup.PhoneProfilesViewModel;
import io.pocketllm.app.setup.PlanViewModel;
import io.pocketllm.app.setup.RunSource;
import io.pocketllm.app.setup.RunTimes;
import io.pocketllm.app.setup.SetupViewModel;
import io.pocketllm.app.sweep.SweepEngine;
import io.pocketllm.app.sweep.SweepsViewModel;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.app.train.TrainViewModel;
import io.pocketllm.app.train.TryItViewModel;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.HostMeter;
import io.pocketllm.run.Folders;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunLibrary;
import io.pocketllm.run.RunProcess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** The workbench on a stage. To be made and used on the JavaFX thread. */
public final class WorkbenchWindow {

    /** How long a run may take to finish its step when the window closes. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private static final double MIN_WIDTH = 1000;
    private static final double MIN_HEIGHT = 700;

    private final Stage stage;
    private final WorkbenchViewModel workbench;
    private final WindowSettings settings;
    private final BesideViewModel beside;
    private final Node firstFocus;
    private final ChangeListener<ColorScheme> systemTheme = this::systemThemeChanged;
    private boolean closing;

    /**
     * What the window is made over; a test passes its own.
     *
     * @param launcher starts workers
     * @param source run files and previews
     * @param phones phones to choose from
     * @param meter how busy this computer is
     * @param library all runs there are
     * @param probe measures this computer, in the background when the window opens first
     * @param sweeps checks and runs sweeps
     * @param realPhones asks real phones
     * @param folders the three folders the program writes to, to be shown
     */
    public record Parts(
            RunProcess.Launcher launcher,
            RunSource source,
            List<DeviceProfile> phones,
            Dialogs dialogs,
            Tasks tasks,
            Callable<HostMeter.Reading> meter,
            RunLibrary library,
            WindowSettings settings,
            HostProbing.Probe probe,
            SweepEngine sweeps,
            PhoneEngine realPhones,
            Folders folders) {}

    /** Builds the window; {@link #show} opens it. */
    public WorkbenchWindow(Stage stage, Parts parts) {
        this.stage = stage;
        this.settings = parts.settings();
        SetupViewModel setup = new SetupViewModel(parts.source(), parts.phones(), parts.tasks());
        TrainViewModel train = new TrainViewModel(parts.launcher(), parts.tasks());
        ModelViewModel model =
                new ModelViewModel(setup, parts.source(), parts.tasks(), settings.recentModels());
        RunTimes times = new RunTimes(setup, parts.source(), parts.probe()::factors, parts.tasks());
        FitsViewModel fits =
                new FitsViewModel(
                        parts.source()::model, parts.phones(), times::basis, parts.tasks());
        HostProbing probing = new HostProbing(parts.probe(), parts.tasks());
        probing.measurementsProperty().addListener(o -> times.measuredAnew());
        PhoneProfilesViewModel profiles =
                new PhoneProfilesViewModel(
                        parts.phones(),
                        settings.ownPhones(),
                        all -> {
                            setup.phones().setAll(all);
                            fits.usePhones(all);
                        });
        PhonesViewModel realPhones =
                new PhonesViewModel(PhoneWishes.surroundings(parts, setup, profiles));
        SweepsViewModel sweeps =
                new SweepsViewModel(parts.sweeps(), parts.tasks(), () -> isTrainingHere(train));
        beside =
                new BesideViewModel(
                        realPhones.shownRunProperty(),
                        PhoneWishes.besides(parts, train, sweeps, profiles));
        workbench =
                new WorkbenchViewModel(
                        new WorkbenchViewModel.Features(
                                setup,
                                model,
                                new PlanViewModel(setup, model, times, parts.tasks()),
                                fits,
                                train,
                                new TryItViewModel(train, parts.launcher(), parts.tasks()),
                                new RunsViewModel(
                                        parts.library(),
                                        parts.tasks(),
                                        folder ->
                                                realPhones.isFollowing(folder)
                                                        || train.stateProperty().get().isActive()
                                                                && folder.toString()
                                                                        .equals(train.folder()),
                                        settings.remembered("runs")),
                                settings.recentRuns(),
                                profiles,
                                probing,
                                sweeps,
                                realPhones,
                                beside,
                                new HelpViewModel(Handbook::new),
                                parts.folders()),
                        parts.dialogs(),
                        parts.tasks());
        times.revisionProperty().addListener(o -> workbench.timesChanged());
        HostLoad host = new HostLoad(parts.tasks(), parts.meter());
        WorkbenchView view = new WorkbenchView(workbench, host.textProperty());
        Scene scene = new Scene(view, settings.width(), settings.height());
        scene.getStylesheets()
                .add(
                        Objects.requireNonNull(WorkbenchWindow.class.getResource("workbench.css"))
                                .toExternalForm());
        Layout.restore(settings, workbench);
        followTheme(scene);
        workbench.appearance().textSizeProperty().addListener(o -> showTextSize(scene));
        showTextSize(scene);
        stage.setScene(scene);
        stage.setTitle("PocketLLM Workbench");
        fitToScreen();
        stage.setMaximized(settings.flag("maximized"));
        stage.setOnCloseRequest(
                e -> {
                    e.consume();
                    close();
                });
        firstFocus = view.firstFocus();
    }

    /** Two runs at once would disturb each other's measurements. */
    private boolean isTrainingHere(TrainViewModel train) {
        return train.stateProperty().get().isActive() || beside.simulatingProperty().get();
    }

    private void fitToScreen() {
        var screen = Screen.getPrimary().getVisualBounds();
        stage.setMinWidth(Math.min(MIN_WIDTH, screen.getWidth()));
        stage.setMinHeight(Math.min(MIN_HEIGHT, screen.getHeight()));
        if (settings.width() > screen.getWidth()) {
            stage.setWidth(screen.getWidth());
        }
        if (settings.height() > screen.getHeight()) {
            stage.setHeight(screen.getHeight());
        }
    }

    private void followTheme(Scene scene) {
        var preferences = Platform.getPreferences();
        workbench
                .appearance()
                .systemDarkProperty()
                .set(preferences.getColorScheme() == ColorScheme.DARK);
        // The system's preferences outlive the window and must not hold it.
        preferences.colorSchemeProperty().addListener(new WeakChangeListener<>(systemTheme));
        workbench
                .appearance()
                .darkProperty()
                .addListener(
                        (p, before, now) -> scene.getPreferences().setColorScheme(scheme(now)));
        workbench.appearance().themeProperty().set(settings.theme());
        scene.getPreferences().setColorScheme(scheme(workbench.appearance().darkProperty().get()));
        workbench
                .appearance()
                .themeProperty()
                .addListener((p, before, now) -> settings.saveTheme(now));
    }

    private void systemThemeChanged(
            ObservableValue<? extends ColorScheme> p, ColorScheme before, ColorScheme now) {
        workbench.appearance().systemDarkProperty().set(now == ColorScheme.DARK);
    }

    /** Everything is measured in em, so this one size scales it all. */
    private void showTextSize(Scene scene) {
        double points =
                Font.getDefault().getSize() * workbench.appearance().textSizeProperty().get() / 100;
        scene.getRoot().setStyle(String.format(Locale.ROOT, "-fx-font-size: %.2fpx;", points));
    }

    private static ColorScheme scheme(boolean dark) {
        return dark ? ColorScheme.DARK : ColorScheme.LIGHT;
    }

    /** Opens the window with a run set up. */
    public void show(RunFile run) {
        workbench.setup().show(run);
        stage.show();
        firstFocus.requestFocus();
        workbench.probing().start();
    }

    /** The window's logic. */
    public WorkbenchViewModel workbench() {
        return workbench;
    }

    /**
     * Closes as the window's own button does: asks if a run would be cut short, ends the worker,
     * remembers the size.
     */
    public void close() {
        if (closing
                || !workbench.mayClose()
                || !new SweepWishes(workbench).mayClose()
                || !workbench.phones().mayClose()) {
            return;
        }
        closing = true;
        workbench.phones().close();
        beside.close();
        workbench.tryIt().close();
        Layout.save(settings, workbench);
        settings.remember("maximized", stage.isMaximized());
        if (stage.isMaximized() || stage.getScene() == null) {
            settings.saveSize(settings.width(), settings.height());
        } else {
            settings.saveSize(stage.getScene().getWidth(), stage.getScene().getHeight());
        }
        CompletableFuture.allOf(
                        workbench.train().shutDown(GRACE), workbench.sweeps().shutDown(GRACE))
                .whenComplete((done, failure) -> workbench.tasks().onScreen(stage::hide));
    }
}
