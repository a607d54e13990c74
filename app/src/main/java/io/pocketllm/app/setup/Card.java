package io.pocketllm.app.setup;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A card of the left column: what kind of thing, its name, two lines about it, and what can be
 * changed.
 */
class Card extends VBox {

    private static final PseudoClass DROP = PseudoClass.getPseudoClass("drop");

    private final HBox head;
    private final Label title = new Label();
    private final Label text = new Label();
    private final Label error = new Label();

    Card(String kind) {
        getStyleClass().addAll("card", "setup-card");
        Label kindLabel = new Label(kind);
        kindLabel.getStyleClass().addAll("muted", "small");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        head = new HBox(4, kindLabel, space);
        head.setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("setup-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.managedProperty().bind(text.textProperty().isNotEmpty());
        error.getStyleClass().add("field-error");
        error.setWrapText(true);
        error.setMinHeight(Region.USE_PREF_SIZE);
        error.visibleProperty().bind(error.textProperty().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        getChildren().setAll(head, title, error, text);
        setMinHeight(Region.USE_PREF_SIZE);
    }

    void addToHead(Node node) {
        head.getChildren().add(node);
    }

    /** Puts a small mark behind the title. */
    void markTitle(Node mark) {
        title.setGraphic(mark);
        title.setContentDisplay(ContentDisplay.RIGHT);
        title.setGraphicTextGap(6);
    }

    void add(Node... nodes) {
        getChildren().addAll(nodes);
    }

    /** Under the title: why what it names cannot be used. */
    Label error() {
        return error;
    }

    /** Takes a file or folder that is dropped on it. */
    void acceptDrops(BooleanSupplier open, Consumer<Path> take) {
        setOnDragOver(
                e -> {
                    if (e.getDragboard().hasFiles() && open.getAsBoolean()) {
                        e.acceptTransferModes(TransferMode.COPY);
                        pseudoClassStateChanged(DROP, true);
                        e.consume();
                    }
                });
        setOnDragExited(e -> pseudoClassStateChanged(DROP, false));
        setOnDragDropped(
                e -> {
                    pseudoClassStateChanged(DROP, false);
                    if (e.getDragboard().hasFiles() && open.getAsBoolean()) {
                        take.accept(e.getDragboard().getFiles().getFirst().toPath());
                        e.setDropCompleted(true);
                        e.consume();
                    }
                });
    }

    void title(String name) {
        title.setText(name);
    }

    void show(String name, String about) {
        title.setText(name);
        text.setText(about);
    }
}
