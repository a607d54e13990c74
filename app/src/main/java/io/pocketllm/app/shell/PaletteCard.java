package io.pocketllm.app.shell;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Type what you want to do, press Enter. */
final class PaletteCard extends VBox {

    private static final double WIDTH = 460;
    private static final double HEIGHT = 380;

    private final WorkbenchViewModel workbench;
    private final TextField query = new TextField();
    private final ListView<Action> found = new ListView<>();

    PaletteCard(WorkbenchViewModel workbench) {
        this.workbench = workbench;
        getStyleClass().addAll("card", "palette-card");
        setId("palette");
        setMaxSize(WIDTH, HEIGHT);
        query.setId("palette-query");
        query.setPromptText("What do you want to do?");
        query.setAccessibleText("Search for something to do");
        query.getStyleClass().add("filter-field");
        found.setId("palette-list");
        found.getStyleClass().add("palette-list");
        found.setFocusTraversable(false);
        found.setPlaceholder(new Label("Nothing of that name can be done now."));
        found.setCellFactory(list -> new ActionCell());
        found.setOnMouseClicked(e -> run());
        VBox.setVgrow(found, Priority.ALWAYS);
        getChildren().setAll(query, found);
        query.textProperty().addListener(o -> search());
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        visibleProperty().bind(workbench.paletteShownProperty());
        workbench
                .paletteShownProperty()
                .addListener(
                        (p, before, now) -> {
                            if (now) {
                                query.clear();
                                search();
                                query.requestFocus();
                            }
                        });
    }

    private void search() {
        found.getItems().setAll(ActionSearch.find(workbench.everythingToDo(), query.getText()));
        found.getSelectionModel().selectFirst();
        found.scrollTo(0);
    }

    private void pressed(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER) {
            run();
        } else if (e.getCode() == KeyCode.DOWN) {
            found.getSelectionModel().selectNext();
            found.scrollTo(found.getSelectionModel().getSelectedIndex());
        } else if (e.getCode() == KeyCode.UP) {
            found.getSelectionModel().selectPrevious();
            found.scrollTo(found.getSelectionModel().getSelectedIndex());
        } else {
            return;
        }
        e.consume();
    }

    private void run() {
        Action action = found.getSelectionModel().getSelectedItem();
        if (action != null) {
            // Closed first: an action may open it again, or ask something.
            workbench.paletteShownProperty().set(false);
            action.run().run();
        }
    }

    private static final class ActionCell extends ListCell<Action> {
        private final Label name = new Label();
        private final Label key = new Label();
        private final HBox row;

        ActionCell() {
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            key.getStyleClass().addAll("muted", "small");
            row = new HBox(name, space, key);
        }

        @Override
        protected void updateItem(Action action, boolean empty) {
            super.updateItem(action, empty);
            setGraphic(empty || action == null ? null : row);
            if (!empty && action != null) {
                name.setText(action.name());
                key.setText(action.keyText());
            }
        }
    }
}
