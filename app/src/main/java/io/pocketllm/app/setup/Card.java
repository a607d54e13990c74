package io.pocketllm.app.setup;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * A card of the left column: what kind of thing, its name, two lines about it, and what can be
 * changed.
 */
final class Card extends VBox {

    private final HBox head;
    private final Label title = new Label();
    private final Label text = new Label();

    Card(String kind) {
        getStyleClass().addAll("card", "setup-card");
        Label kindLabel = new Label(kind);
        kindLabel.getStyleClass().addAll("muted", "small");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        head = new HBox(kindLabel, space);
        head.setAlignment(Pos.CENTER_LEFT);
        title.getStyleClass().add("setup-title");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.managedProperty().bind(text.textProperty().isNotEmpty());
        getChildren().setAll(head, title, text);
        setMinHeight(Region.USE_PREF_SIZE);
    }

    void addToHead(Node node) {
        head.getChildren().add(node);
    }

    void add(Node... nodes) {
        getChildren().addAll(nodes);
    }

    void title(String name) {
        title.setText(name);
    }

    void show(String name, String about) {
        title.setText(name);
        text.setText(about);
    }
}
