package io.pocketllm.app.shell;

import io.pocketllm.app.train.StatusText;
import io.pocketllm.app.train.TrainViewModel;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

/**
 * The line at the lower edge: how far, how fast, how long, how good, and how busy this computer is.
 */
final class StatusBar extends HBox {

    private static final double NARROW = 1150;

    private final TrainViewModel train;
    private final Label state = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final Label pace = muted();
    private final Label left = muted();
    private final Label accuracy = muted();

    StatusBar(
            TrainViewModel train,
            HostProbing probing,
            ObservableValue<String> note,
            ObservableValue<String> host) {
        this.train = train;
        getStyleClass().add("status-bar");
        setAlignment(Pos.CENTER_LEFT);
        state.getStyleClass().add("status-state");
        state.setId("status-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        // Never indeterminate: that animation takes a core from the run it reports on.
        progress.getStyleClass().add("thin-bar");
        progress.setPrefWidth(180);
        progress.setMinWidth(60);
        accuracy.setMinWidth(Region.USE_PREF_SIZE);
        Label noteText = muted();
        noteText.setId("note");
        noteText.textProperty().bind(note);
        noteText.getStyleClass().add("status-note");
        Label hostText = muted();
        hostText.textProperty()
                .bind(Bindings.createStringBinding(() -> hostText(host), host, widthProperty()));
        hostText.setTooltip(
                new Tooltip("How busy this computer is: load of its cores, memory in use."));
        // One of the two: they share the place.
        hostText.visibleProperty().bind(noteText.textProperty().isEmpty());
        hostText.managedProperty().bind(hostText.visibleProperty());
        noteText.managedProperty().bind(noteText.textProperty().isNotEmpty());
        hostText.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        pace.setMinWidth(Region.USE_PREF_SIZE);
        left.setMinWidth(Region.USE_PREF_SIZE);
        // What does not fit is cut off here and never widens the window's content.
        setMinWidth(0);
        state.fontProperty().addListener(o -> show());
        getChildren()
                .setAll(
                        state,
                        progress,
                        pace,
                        left,
                        accuracy,
                        space,
                        probing(probing),
                        noteText,
                        hostText);
        train.revisionProperty().addListener(o -> show());
        train.stateProperty().addListener(o -> show());
        widthProperty().addListener(o -> show());
        show();
    }

    private static HBox probing(HostProbing probing) {
        Label text = muted();
        text.setId("probing");
        text.textProperty().bind(probing.progressProperty());
        text.setTooltip(
                new Tooltip(
                        "Some seconds, once: how fast kinds of work are here, for the phone's clock."));
        Button cancel = new Button("Cancel");
        cancel.setId("probing-cancel");
        cancel.getStyleClass().add("link-button");
        cancel.setOnAction(e -> probing.cancel());
        HBox box = new HBox(6, text, cancel);
        box.setAlignment(Pos.CENTER_LEFT);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.visibleProperty().bind(probing.progressProperty().isNotEmpty());
        box.managedProperty().bind(box.visibleProperty());
        return box;
    }

    private String hostText(ObservableValue<String> host) {
        String text = host.getValue();
        return isNarrow() ? text.replace("this computer: ", "") : text;
    }

    /** Narrow is a matter of letters, and these may be larger than usual. */
    private boolean isNarrow() {
        return getWidth() < NARROW * state.getFont().getSize() / Font.getDefault().getSize();
    }

    private void show() {
        set(state, StatusText.state(train));
        progress.setProgress(StatusText.progress(train));
        progress.setAccessibleText(state.getText());
        boolean brief = isNarrow();
        set(pace, StatusText.pace(train, brief));
        set(left, StatusText.timeLeft(train, brief));
        set(accuracy, StatusText.accuracy(train));
    }

    private static void set(Label label, String text) {
        label.setText(text);
        label.setManaged(!text.isEmpty());
    }

    private static Label muted() {
        Label label = new Label();
        label.getStyleClass().add("muted");
        return label;
    }
}
