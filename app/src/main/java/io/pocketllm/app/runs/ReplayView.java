package io.pocketllm.app.runs;

import io.pocketllm.app.text.Units;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A slider over the steps of a run, what was measured at the step, and its parameters. */
final class ReplayView extends VBox {

    private final ReplayViewModel replay;
    private final Slider slider = new Slider();
    private final Label at = new Label();
    private final Label moment = new Label();
    private final Button export = new Button();

    ReplayView(ReplayViewModel replay, RunsViewModel runs) {
        this.replay = replay;
        getStyleClass().add("replay");
        setId("replay");
        slider.setId("replay-slider");
        slider.setAccessibleText("Step of the run");
        slider.setBlockIncrement(1);
        slider.maxProperty().bind(replay.lastStepProperty());
        slider.valueProperty()
                .addListener(
                        (p, before, now) ->
                                replay.stepProperty().set((int) Math.round(now.doubleValue())));
        replay.stepProperty().addListener((p, before, now) -> follow(now.intValue()));
        HBox.setHgrow(slider, Priority.ALWAYS);
        at.setId("replay-step");
        at.getStyleClass().add("replay-step");
        at.setMinWidth(USE_PREF_SIZE);
        moment.setId("replay-moment");
        moment.getStyleClass().addAll("muted", "small");
        moment.setWrapText(true);
        moment.setMinHeight(USE_PREF_SIZE);
        export.setId("replay-export");
        export.getStyleClass().add("quiet-button");
        export.setMinWidth(USE_PREF_SIZE);
        export.setOnAction(e -> replay.export());
        HBox row = new HBox(at, slider, export, working());
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("replay-row");
        getChildren().setAll(row, moment);
        visibleProperty()
                .bind(
                        Bindings.greaterThan(replay.lastStepProperty(), 0)
                                .or(replay.exportingProperty()));
        managedProperty().bind(visibleProperty());
        runs.revisionProperty().addListener(o -> show());
        replay.exportingProperty().addListener(o -> show());
        replay.lastStepProperty().addListener(o -> follow(replay.stepProperty().get()));
        follow(replay.stepProperty().get());
    }

    private HBox working() {
        ProgressBar bar = new ProgressBar();
        bar.getStyleClass().add("thin-bar");
        bar.setPrefWidth(90);
        bar.progressProperty().bind(replay.progressProperty());
        bar.setAccessibleText("Parameters are being rebuilt");
        Button cancel = new Button("Cancel");
        cancel.setId("replay-cancel");
        cancel.getStyleClass().add("quiet-button");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setOnAction(e -> replay.cancel());
        HBox working = new HBox(bar, cancel);
        working.setAlignment(Pos.CENTER_LEFT);
        working.getStyleClass().add("replay-row");
        working.visibleProperty().bind(replay.exportingProperty());
        working.managedProperty().bind(working.visibleProperty());
        return working;
    }

    private void follow(int step) {
        if (Math.round(slider.getValue()) != step) {
            slider.setValue(step);
        }
        show();
    }

    private void show() {
        int step = replay.stepProperty().get();
        at.setText("Step " + Units.count(step));
        moment.setText(String.join("  ·  ", replay.moment()));
        export.setText("Export parameters at step " + Units.count(step) + "…");
        boolean working = replay.exportingProperty().get();
        export.setVisible(!working);
        export.setManaged(!working);
        export.setDisable(!replay.canExport());
    }
}
