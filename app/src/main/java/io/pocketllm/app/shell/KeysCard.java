package io.pocketllm.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Every key and what it does, over the page; nothing stops while it is shown. */
final class KeysCard extends VBox {

    KeysCard(List<Action> actions, Runnable close) {
        getStyleClass().addAll("card", "keys-card");
        setId("keys-card");
        Label title = new Label("Keys");
        title.getStyleClass().add("card-title");
        List<Label[]> rows = new ArrayList<>();
        for (Action action : actions) {
            if (action.key() != null) {
                rows.add(row(action.keyText(), action.name()));
            }
        }
        rows.add(row("Drag", "On a chart: zoom to a part. Shift and drag moves it."));
        rows.add(row("Wheel", "On a chart: zoom around the pointer."));
        rows.add(row("Double click", "On a chart: show all and follow."));
        // In two columns, or the list is higher than a small window.
        int half = (rows.size() + 1) / 2;
        HBox grids = new HBox(grid(rows.subList(0, half)), grid(rows.subList(half, rows.size())));
        grids.getStyleClass().add("keys-grids");
        Button done = new Button("Close");
        done.getStyleClass().add("quiet-button");
        done.setOnAction(e -> close.run());
        getChildren().setAll(title, grids, done);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    private static GridPane grid(List<Label[]> rows) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("keys-grid");
        for (int i = 0; i < rows.size(); i++) {
            grid.addRow(i, rows.get(i));
        }
        return grid;
    }

    private static Label[] row(String key, String what) {
        Label keyLabel = new Label(key);
        keyLabel.getStyleClass().add("key");
        keyLabel.setMinWidth(USE_PREF_SIZE);
        Label whatLabel = new Label(what);
        whatLabel.setWrapText(true);
        return new Label[] {keyLabel, whatLabel};
    }
}
