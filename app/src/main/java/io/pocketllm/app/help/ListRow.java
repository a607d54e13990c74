package io.pocketllm.app.help;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A list's mark and what belongs to it beside it, as wide as there is room. */
final class ListRow extends HBox {

    ListRow(String mark, Node content) {
        getStyleClass().add("guide-row");
        Label label = new Label(mark);
        label.getStyleClass().addAll("guide-mark", "muted");
        label.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(content, Priority.ALWAYS);
        getChildren().setAll(label, content);
    }
}
