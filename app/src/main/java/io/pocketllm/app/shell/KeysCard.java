package io.pocketllm.app.shell;

import io.pocketllm.app.help.HelpWishes;
import io.pocketllm.app.help.KeysGrid;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Every key and what it does, over the page; nothing stops while it is shown. */
final class KeysCard extends VBox {

    KeysCard(List<Action> actions, Runnable close) {
        getStyleClass().addAll("card", "keys-card");
        setId("keys-card");
        Label title = new Label("Keys");
        title.getStyleClass().add("card-title");
        Button done = new Button("Close");
        done.getStyleClass().add("quiet-button");
        done.setOnAction(e -> close.run());
        getChildren().setAll(title, new KeysGrid(lines(actions), 2), done);
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    }

    static List<HelpWishes.KeyLine> lines(List<Action> actions) {
        return actions.stream()
                .map(action -> new HelpWishes.KeyLine(action.keyText(), action.name()))
                .toList();
    }
}
