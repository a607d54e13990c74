package io.pocketllm.app.sweep;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.run.sweep.SweepFile;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Sweeps, in the place of all runs: a new one beside what was found, over the runs. */
public final class SweepPage extends VBox {

    private final SweepsViewModel sweeps;

    /** What the page asks the window to do. */
    public interface Wishes {
        /** Shows all runs again. */
        void showRuns();

        /** Lets the person choose a sweep's folder. */
        void openFolder();

        /** Lets the person choose a sweep file. */
        void openFile();

        /** Puts a sweep file's text on the clipboard. */
        void copy(SweepFile file);

        /** Lets the person choose where a sweep file is saved. */
        void save(SweepFile file);
    }

    /**
     * @param palette the chart's colours
     * @param wishes what only the window can do
     */
    public SweepPage(SweepsViewModel sweeps, ObservableValue<Palette> palette, Wishes wishes) {
        this.sweeps = sweeps;
        getStyleClass().addAll("page", "runs-page");
        NewSweepCard draft = new NewSweepCard(sweeps, wishes);
        draft.setMinWidth(380);
        draft.setPrefWidth(420);
        ResultsCard found = new ResultsCard(sweeps, palette);
        HBox.setHgrow(found, Priority.ALWAYS);
        HBox top = new HBox(draft, found);
        top.getStyleClass().add("runs-bottom");
        top.setPrefHeight(320);
        top.setMinHeight(250);
        SweepTable table = new SweepTable(sweeps);
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox bottom = new VBox(toolbar(wishes), progress(), table);
        bottom.getStyleClass().addAll("card", "runs-card");
        bottom.setPrefHeight(400);
        VBox.setVgrow(bottom, Priority.ALWAYS);
        getChildren().setAll(top, bottom);
    }

    private HBox toolbar(Wishes wishes) {
        Label title = new Label();
        title.setId("sweep-title");
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        title.textProperty()
                .bind(
                        Bindings.when(sweeps.titleProperty().isEmpty())
                                .then("Sweeps")
                                .otherwise(sweeps.titleProperty()));
        ToggleButton group = new ToggleButton("group all but the seed");
        group.setId("sweep-group");
        group.getStyleClass().add("chip");
        group.setMinWidth(USE_PREF_SIZE);
        group.selectedProperty().bindBidirectional(sweeps.groupedProperty());
        group.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () ->
                                        sweeps.resultsProperty().get() == null
                                                || sweeps.resultsProperty()
                                                        .get()
                                                        .groups()
                                                        .isEmpty(),
                                sweeps.resultsProperty()));
        Label told = new Label();
        told.setId("sweep-told");
        told.getStyleClass().add("muted");
        told.textProperty().bind(sweeps.toldProperty());
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(sweeps.toldProperty());
        told.setTooltip(whole);
        told.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(told, Priority.ALWAYS);
        Button resume = button("Go on", "sweep-resume", sweeps::resume);
        resume.disableProperty()
                .bind(sweeps.titleProperty().isEmpty().or(sweeps.runningProperty()));
        Button stop = button("Stop", "sweep-stop", sweeps::stop);
        stop.disableProperty().bind(sweeps.runningProperty().not());
        HBox bar =
                new HBox(
                        title,
                        group,
                        told,
                        button("Open folder…", "sweep-open", wishes::openFolder),
                        button("Open file…", "sweep-open-file", wishes::openFile),
                        resume,
                        stop,
                        button("All runs", "sweep-runs", wishes::showRuns));
        bar.getStyleClass().add("runs-toolbar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private HBox progress() {
        ProgressBar bar = new ProgressBar(0);
        bar.getStyleClass().add("thin-bar");
        bar.setPrefWidth(160);
        bar.progressProperty()
                .bind(
                        Bindings.createDoubleBinding(
                                () -> sweeps.progressProperty().get().share(),
                                sweeps.progressProperty()));
        Label text = new Label();
        text.setId("sweep-progress");
        text.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> sweeps.progressProperty().get().text(),
                                sweeps.progressProperty()));
        text.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(bar, text);
        row.getStyleClass().add("runs-toolbar");
        row.setAlignment(Pos.CENTER_LEFT);
        row.visibleProperty().bind(sweeps.runningProperty());
        row.managedProperty().bind(row.visibleProperty());
        return row;
    }

    private static Button button(String text, String id, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setMinWidth(USE_PREF_SIZE);
        button.getStyleClass().add("quiet-button");
        button.setOnAction(e -> action.run());
        return button;
    }
}
