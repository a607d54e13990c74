package io.pocketllm.app.dialog;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
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
        alert.initOwner(owner.get());
        alert.setTitle("PocketLLM Workbench");
        alert.setHeaderText(question);
        alert.setGraphic(null);
        if (owner.get() != null && owner.get().getScene() != null) {
            alert.getDialogPane().getStylesheets().setAll(owner.get().getScene().getStylesheets());
            alert.getDialogPane()
                    .getScene()
                    .getPreferences()
                    .setColorScheme(owner.get().getScene().getPreferences().getColorScheme());
        }
        return alert.showAndWait().orElse(refuse) == agree;
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
