package io.pocketllm.app.train;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Start, Pause and Resume on one button, Stop beside it, and the two small actions under them. */
public final class ControlsView extends VBox {

    private final Button primary = new Button();
    private final Button stop = new Button();

    /**
     * @param ready whether what is set up can be started
     * @param holdReason why it cannot, in words; empty where it can
     * @param onStart starts it
     * @param onCopyCommand copies it as a command line
     */
    public ControlsView(
            TrainViewModel train,
            ObservableBooleanValue ready,
            ObservableValue<String> holdReason,
            Runnable onStart,
            Runnable onCopyCommand) {
        getStyleClass().add("controls");
        primary.setId("primary");
        primary.getStyleClass().add("primary-button");
        primary.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(primary, Priority.ALWAYS);
        primary.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> primaryText(train.stateProperty().get()),
                                train.stateProperty()));
        primary.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> !primaryWorks(train.stateProperty().get(), ready.get()),
                                train.stateProperty(),
                                ready));
        primary.setOnAction(
                e -> {
                    if (train.stateProperty().get().isActive()) {
                        train.togglePause();
                    } else {
                        onStart.run();
                    }
                });
        primary.setTooltip(new Tooltip("Start: Ctrl+R. Pause and resume: Space."));

        stop.setId("stop");
        stop.getStyleClass().add("quiet-button");
        stop.setMinWidth(Region.USE_PREF_SIZE);
        stop.textProperty()
                .bind(
                        Bindings.when(train.stateProperty().isEqualTo(RunState.STOPPING))
                                .then("End at once")
                                .otherwise("Stop"));
        stop.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> !train.stateProperty().get().isActive(),
                                train.stateProperty()));
        stop.setOnAction(e -> train.stop());
        stop.setTooltip(
                new Tooltip(
                        "Finishes the step in hand, saves and ends (Ctrl+.). Asked twice, ends at once."));

        Button copy =
                link(
                        "Copy as command",
                        "The same run for a terminal, with every setting and the seed.");
        copy.setId("copy-command");
        copy.setOnAction(e -> onCopyCommand.run());
        Button evaluate =
                link(
                        "Evaluate now",
                        "Measures held-out loss and accuracy after the step in hand (E).");
        evaluate.setId("evaluate");
        evaluate.setOnAction(e -> train.evaluate());
        evaluate.disableProperty()
                .bind(
                        train.stateProperty()
                                .isNotEqualTo(RunState.RUNNING)
                                .and(train.stateProperty().isNotEqualTo(RunState.PAUSED)));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(primary, stop);
        buttons.getStyleClass().add("button-row");
        HBox links = new HBox(copy, space, evaluate);
        Label held = new Label();
        held.textProperty().bind(Bindings.concat("Start waits: ", holdReason));
        held.setWrapText(true);
        held.setMinHeight(Region.USE_PREF_SIZE);
        held.setId("hold-reason");
        held.getStyleClass().add("field-error");
        held.visibleProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () ->
                                        !holdReason.getValue().isEmpty()
                                                && !train.stateProperty().get().isActive(),
                                holdReason,
                                train.stateProperty()));
        held.managedProperty().bind(held.visibleProperty());
        getChildren().setAll(held, buttons, links);
    }

    /** The button a person most likely wants next. */
    public Button primaryButton() {
        return primary;
    }

    private static Button link(String text, String help) {
        Button button = new Button(text);
        button.getStyleClass().add("link-button");
        button.setTooltip(new Tooltip(help));
        return button;
    }

    private static String primaryText(RunState state) {
        return switch (state) {
            case READY -> "Start";
            case FINISHED, KILLED, DIVERGED, FAILED -> "Start again";
            case PREPARING, RUNNING -> "Pause";
            case PAUSING -> "Pausing…";
            case PAUSED -> "Resume";
            case STOPPING -> "Stopping…";
        };
    }

    private static boolean primaryWorks(RunState state, boolean ready) {
        return switch (state) {
            case READY, FINISHED, KILLED, DIVERGED, FAILED -> ready;
            case RUNNING, PAUSED, PREPARING, PAUSING -> true;
            case STOPPING -> false;
        };
    }
}
