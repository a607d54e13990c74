package io.pocketllm.app.dialog;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.event.ActionEvent;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Window;

/** {@link Dialogs} on the real screen. */
public final class FxDialogs implements Dialogs {

    private final Supplier<Window> owner;
    private File lastFolder;

    /**
     * @param owner the window the dialogs belong to
     */
    public FxDialogs(Supplier<Window> owner) {
        this.owner = owner;
    }

    @Override
    public boolean confirm(String question, String explanation, String doIt, String keep) {
        ButtonType agree = new ButtonType(doIt, ButtonData.OK_DONE);
        ButtonType refuse = new ButtonType(keep, ButtonData.CANCEL_CLOSE);
        Alert alert = new Alert(Alert.AlertType.CONFIRMATION, explanation, agree, refuse);
        alert.setHeaderText(question);
        dress(alert);
        return alert.showAndWait().orElse(refuse) == agree;
    }

    @Override
    public void tell(Problem problem) {
        ButtonType close = new ButtonType("Close", ButtonData.CANCEL_CLOSE);
        ButtonType report = new ButtonType("Copy report", ButtonData.LEFT);
        Alert alert = new Alert(Alert.AlertType.ERROR, "", close, report);
        alert.setHeaderText(problem.title());
        dress(alert);
        Label what = new Label(problem.what());
        Label toDo = new Label(problem.toDo());
        VBox words = new VBox(10, what, toDo);
        for (Label label : new Label[] {what, toDo}) {
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
        }
        words.setPrefWidth(460);
        alert.getDialogPane().setContent(words);
        Button copy = (Button) alert.getDialogPane().lookupButton(report);
        copy.setId("problem-copy");
        copy.addEventFilter(
                ActionEvent.ACTION,
                e -> {
                    copy(problem.report());
                    copy.setText("Report copied");
                    e.consume();
                });
        // Not modal: what went wrong is no reason to hold up a run or its charts.
        alert.initModality(Modality.NONE);
        alert.show();
    }

    /** The window's own look. */
    private void dress(Alert alert) {
        alert.initOwner(owner.get());
        alert.setTitle("PocketLLM Workbench");
        alert.setGraphic(null);
        if (owner.get() != null && owner.get().getScene() != null) {
            alert.getDialogPane().setStyle(owner.get().getScene().getRoot().getStyle());
            alert.getDialogPane().getStylesheets().setAll(owner.get().getScene().getStylesheets());
            alert.getDialogPane()
                    .getScene()
                    .getPreferences()
                    .setColorScheme(owner.get().getScene().getPreferences().getColorScheme());
        }
    }

    @Override
    public Optional<Path> openFile(String title, FileKind kind) {
        return remember(chooser(title, kind).showOpenDialog(owner.get()));
    }

    @Override
    public Optional<Path> openFolder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        if (lastFolder != null && lastFolder.isDirectory()) {
            chooser.setInitialDirectory(lastFolder);
        }
        return remember(chooser.showDialog(owner.get()));
    }

    @Override
    public Optional<Path> saveFile(String title, String suggestedName, FileKind kind) {
        FileChooser chooser = chooser(title, kind);
        chooser.setInitialFileName(suggestedName);
        return remember(chooser.showSaveDialog(owner.get()));
    }

    @Override
    public void copy(BufferedImage picture) {
        ClipboardContent content = new ClipboardContent();
        content.putImage(SwingFXUtils.toFXImage(picture, null));
        Clipboard.getSystemClipboard().setContent(content);
    }

    @Override
    public void copy(String text) {
        ClipboardContent content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    private FileChooser chooser(String title, FileKind kind) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(kind.description(), "*" + kind.ending()),
                        new FileChooser.ExtensionFilter("All files", "*"));
        if (lastFolder != null && lastFolder.isDirectory()) {
            chooser.setInitialDirectory(lastFolder);
        }
        return chooser;
    }

    private Optional<Path> remember(File file) {
        if (file != null) {
            lastFolder = file.getParentFile();
        }
        return Optional.ofNullable(file).map(File::toPath);
    }
}
