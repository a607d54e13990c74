package io.pocketllm.app.shell;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** Every key and what it does, over the page; nothing stops while it is shown. */
final class KeysCard extends VBox {

    KeysCard(List<Action> actions, Runnable close) {
        getStyleClass().addAll("card", "keys-card");
        setId("keys-card");
        Label title = new Label("Keys");
        title.getStyleClass().add("card-title");
        GridPane grid = new GridPane();
        grid.getStyleClass().add("keys-grid");
        int row = 0;
        for (Action action : actions) {
            if (action.key() != null) {
                row(grid, row++, action.keyText(), action.name());
            }
        }
        row(grid, row++, "Drag", "On a chart: zoom to a part. Shift and drag moves it.");
        row(grid, row++, "Wheel", "On a chart: zoom around the pointer.");
        row(grid, row, "Double click", "On a chart: show all and follow.");
        Button done = new Button("Close");
        done.getStyleClass().add("quiet-button");
        done.setOnAction(e -> close.run());
        getChildren().setAll(title, grid, done);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    private static void row(GridPane grid, int row, String key, String what) {
        Label keyLabel = new Label(key);
        keyLabel.getStyleClass().add("key");
        Label whatLabel = new Label(what);
        grid.addRow(row, keyLabel, whatLabel);
    }
}
