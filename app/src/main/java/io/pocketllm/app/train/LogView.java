package io.pocketllm.app.train;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The last events in words; filled only while it is shown. */
public final class LogView extends VBox {

    private final TrainViewModel train;
    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final ListView<String> list = new ListView<>(lines);

    /** A hidden log. */
    public LogView(TrainViewModel train) {
        this.train = train;
        getStyleClass().addAll("card", "log-card");
        Label title = new Label("Log: the last 200 events, time since the worker started");
        title.getStyleClass().addAll("muted", "small");
        list.getStyleClass().add("log");
        list.setPlaceholder(new Label("Nothing yet."));
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().setAll(title, list);
        setMinHeight(120);
        setPrefHeight(180);
        train.revisionProperty().addListener(o -> fill());
        visibleProperty().addListener(o -> fill());
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    private void fill() {
        if (isVisible()) {
            lines.setAll(train.log());
            list.scrollTo(lines.size() - 1);
        }
    }
}
