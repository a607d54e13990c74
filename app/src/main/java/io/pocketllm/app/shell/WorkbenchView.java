package io.pocketllm.app.shell;

import io.pocketllm.app.fits.FitsPage;
import io.pocketllm.app.help.HelpPage;
import io.pocketllm.app.phones.BesideCard;
import io.pocketllm.app.phones.PhonesPage;
import io.pocketllm.app.runs.RunsPage;
import io.pocketllm.app.setup.PhoneProfilesCard;
import io.pocketllm.app.sweep.SweepPage;
import java.nio.file.Path;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/** Everything inside the window. */
public final class WorkbenchView extends StackPane {

    private static final double PALETTE_TOP = 70;

    private final WorkbenchViewModel workbench;
    private final TrainPage trainPage;
    private HelpPage helpPage;

    /**
     * @param host how busy this computer is, in words
     */
    public WorkbenchView(WorkbenchViewModel workbench, ObservableValue<String> host) {
        this.workbench = workbench;
        getStyleClass().add("workbench");
        trainPage = new TrainPage(workbench);
        RunsPage runsPage =
                new RunsPage(
                        workbench.runs(),
                        workbench.runExports(),
                        workbench.replay(),
                        workbench.appearance().paletteProperty(),
                        new RunWishes(workbench));
        FitsPage fitsPage = new FitsPage(workbench.fits(), workbench::setUp);
        SweepPage sweepPage =
                new SweepPage(
                        workbench.sweeps(),
                        workbench.appearance().paletteProperty(),
                        new SweepWishes(workbench));
        PhonesPage phonesPage =
                new PhonesPage(
                        workbench.phones(),
                        new PhoneWishes(workbench),
                        workbench.dialogs(),
                        new BesideCard(
                                workbench.beside(), workbench.appearance().paletteProperty()));
        BorderPane frame = new BorderPane(trainPage);
        Runnable show =
                () ->
                        frame.setCenter(
                                switch (workbench.placeProperty().get()) {
                                    case TRAIN -> trainPage;
                                    case RUNS ->
                                            workbench.sweeps().shownProperty().get()
                                                    ? sweepPage
                                                    : runsPage;
                                    case FITS -> fitsPage;
                                    case PHONES -> phonesPage;
                                    case HELP -> helpPage();
                                });
        workbench.placeProperty().addListener(o -> show.run());
        workbench.sweeps().shownProperty().addListener(o -> show.run());
        frame.setTop(new Header(workbench));
        frame.setBottom(
                new StatusBar(
                        workbench.train(), workbench.probing(), workbench.noteProperty(), host));
        KeysCard keys =
                new KeysCard(workbench.actions(), () -> workbench.keysShownProperty().set(false));
        keys.visibleProperty().bind(workbench.keysShownProperty());
        StackPane.setAlignment(keys, Pos.CENTER);
        PaletteCard palette = new PaletteCard(workbench);
        StackPane.setAlignment(palette, Pos.TOP_CENTER);
        StackPane.setMargin(palette, new Insets(PALETTE_TOP, 0, 0, 0));
        PhoneProfilesCard profiles = new PhoneProfilesCard(workbench.profiles());
        profiles.visibleProperty().bind(workbench.profiles().shownProperty());
        StackPane.setAlignment(profiles, Pos.CENTER);
        getChildren().setAll(frame, keys, profiles, palette);
        addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        acceptDroppedFiles();
    }

    /** Made when it is first shown: reading the guide would hold up the window's opening. */
    private HelpPage helpPage() {
        if (helpPage == null) {
            helpPage = new HelpPage(workbench.help(), new GuideWishes(workbench));
        }
        return helpPage;
    }

    private void keyPressed(KeyEvent e) {
        if (e.getCode() == KeyCode.ESCAPE
                && (workbench.keysShownProperty().get()
                        || workbench.profiles().shownProperty().get()
                        || workbench.paletteShownProperty().get())) {
            workbench.keysShownProperty().set(false);
            workbench.paletteShownProperty().set(false);
            workbench.profiles().shownProperty().set(false);
            e.consume();
            return;
        }
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        boolean typing = focused instanceof TextInputControl;
        // A focused button keeps its own Space, or the keyboard could not press it.
        boolean pressing = focused instanceof ButtonBase && e.getCode() == KeyCode.SPACE;
        for (Action action : workbench.actions()) {
            boolean plain = !action.withShortcut();
            if (action.matches(e.getCode(), e.getText(), e.isShortcutDown(), e.isAltDown())
                    && !(plain && (typing || pressing))) {
                if (action.enabled().getAsBoolean()) {
                    action.run().run();
                }
                e.consume();
                return;
            }
        }
    }

    private void acceptDroppedFiles() {
        setOnDragOver(
                e -> {
                    if (e.getDragboard().hasFiles()) {
                        e.acceptTransferModes(TransferMode.COPY);
                    }
                    e.consume();
                });
        setOnDragDropped(
                e -> {
                    if (e.getDragboard().hasFiles()) {
                        open(e.getDragboard().getFiles().getFirst().toPath());
                    }
                    e.setDropCompleted(true);
                    e.consume();
                });
    }

    private void open(Path path) {
        if (workbench.placeProperty().get() == Place.RUNS
                && workbench.sweeps().shownProperty().get()) {
            workbench.sweeps().open(path);
        } else {
            workbench.files().open(path);
        }
    }

    /** The button that should have the focus when the window opens. */
    public Node firstFocus() {
        return trainPage.primaryButton();
    }
}
