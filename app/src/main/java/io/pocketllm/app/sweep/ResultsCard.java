package io.pocketllm.app.sweep;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.run.sweep.SweepResults;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/** What a sweep has found, as lines over its keys or as a map of two of them. */
final class ResultsCard extends VBox {

    private final SweepsViewModel sweeps;
    private final ParallelViewModel parallel;
    private final HeatMapView map;
    private final VBox lines;
    private final Label title = new Label();
    private final ToggleButton seeds = new ToggleButton("seed axis");
    private final Label readout = new Label();
    private final Hyperlink all = new Hyperlink("Show all");
    private final HBox tools = new HBox();
    private final StackPane body = new StackPane();

    ResultsCard(SweepsViewModel sweeps, ObservableValue<Palette> palette) {
        this.sweeps = sweeps;
        this.parallel = sweeps.parallel();
        map = new HeatMapView(sweeps);
        getStyleClass().addAll("card", "sweep-map");
        title.setId("sweep-chart-title");
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        seeds.setId("sweep-seed-axis");
        seeds.getStyleClass().add("chip");
        seeds.setMinWidth(USE_PREF_SIZE);
        seeds.selectedProperty().bindBidirectional(parallel.seedsProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        tools.getStyleClass().add("runs-toolbar");
        tools.setAlignment(Pos.CENTER_RIGHT);
        HBox head = new HBox(title, space, tools, choice());
        head.getStyleClass().add("runs-toolbar");
        head.setAlignment(Pos.CENTER_LEFT);
        lines = new VBox(lines(palette), readoutRow());
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().setAll(head, body);
        sweeps.viewProperty().addListener(o -> show());
        sweeps.resultsProperty().addListener(o -> show());
        parallel.revisionProperty().addListener(o -> tell());
        parallel.hoveredProperty().addListener(o -> tell());
        show();
        tell();
    }

    private Node lines(ObservableValue<Palette> palette) {
        ParallelView view = new ParallelView(parallel, palette);
        VBox.setVgrow(view, Priority.ALWAYS);
        return view;
    }

    private HBox readoutRow() {
        readout.setId("sweep-parallel-readout");
        readout.getStyleClass().addAll("muted", "small");
        readout.setMaxWidth(Double.MAX_VALUE);
        readout.setMinWidth(0);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(readout.textProperty());
        readout.setTooltip(whole);
        HBox.setHgrow(readout, Priority.ALWAYS);
        all.setId("sweep-brush-clear");
        all.getStyleClass().add("small");
        all.setMinWidth(USE_PREF_SIZE);
        all.setOnAction(e -> parallel.clearAll());
        HBox row = new HBox(readout, all);
        row.getStyleClass().addAll("runs-toolbar", "sweep-readout");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private SegmentedButton choice() {
        SegmentedButton choice = new SegmentedButton();
        for (SweepView view : SweepView.values()) {
            ToggleButton button = new ToggleButton(view.label());
            button.setId("sweep-view-" + view.name().toLowerCase(Locale.ROOT));
            button.setMinWidth(USE_PREF_SIZE);
            button.setSelected(sweeps.viewProperty().get() == view);
            button.setOnAction(
                    e -> {
                        // One is always chosen.
                        button.setSelected(true);
                        sweeps.viewProperty().set(view);
                    });
            sweeps.viewProperty().addListener((p, before, now) -> button.setSelected(now == view));
            choice.getButtons().add(button);
        }
        return choice;
    }

    private void show() {
        SweepResults results = sweeps.resultsProperty().get();
        boolean drawn = sweeps.viewProperty().get() == SweepView.LINES;
        title.setText(
                results == null
                        ? "Parameters against the goal"
                        : (drawn ? "Held-out " : "Mean held-out ") + results.goal().key());
        if (drawn) {
            tools.getChildren().setAll(seeds);
        } else {
            tools.getChildren().setAll(map.tools());
        }
        body.getChildren().setAll(drawn ? lines : map);
        tell();
    }

    private void tell() {
        seeds.setVisible(parallel.hasSeeds());
        all.setVisible(parallel.isBrushed());
        all.setManaged(parallel.isBrushed());
        ParallelCoordinates.Line pointed = parallel.hoveredProperty().get();
        readout.setText(
                pointed != null
                        ? pointed.words()
                        : parallel.isBrushed()
                                ? parallel.rangeWords()
                                : parallel.coordinates().axes().isEmpty()
                                        ? "Open a sweep, or start one: each run becomes a line."
                                        : "Point at a line to see its run. Drag along an axis to"
                                                + " list only runs in that range; click it to list"
                                                + " all again.");
    }
}
