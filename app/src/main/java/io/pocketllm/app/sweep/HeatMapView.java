package io.pocketllm.app.sweep;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.SweepResults;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** The goal over two keys of a sweep: the better, the deeper the colour. */
final class HeatMapView extends VBox {

    /** Share of the colour in the worst cell, so that it differs from one without a run. */
    private static final double FAINTEST = 0.06;

    private static final double DEEPEST = 0.45;

    private final SweepsViewModel sweeps;
    private final HBox tools = new HBox();
    private final ComboBox<String> rowKey = new ComboBox<>();
    private final ComboBox<String> columnKey = new ComboBox<>();
    private final GridPane grid = new GridPane();
    private List<String> keys = List.of();
    private boolean filling;

    HeatMapView(SweepsViewModel sweeps) {
        this.sweeps = sweeps;
        setId("sweep-map");
        tools.getStyleClass().add("runs-toolbar");
        tools.setAlignment(Pos.CENTER_LEFT);
        tools.getChildren().setAll(words("down"), rowKey, words("across"), columnKey);
        for (ComboBox<String> box : List.of(rowKey, columnKey)) {
            box.getStyleClass().add("quiet-button");
            box.setConverter(new ShortKey());
            box.valueProperty().addListener(o -> draw());
        }
        rowKey.setId("sweep-map-rows");
        rowKey.setAccessibleText("Key down");
        columnKey.setId("sweep-map-columns");
        columnKey.setAccessibleText("Key across");
        grid.getStyleClass().add("sweep-grid");
        ScrollPane scroll = new ScrollPane(grid);
        scroll.getStyleClass().add("column-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().setAll(scroll);
        sweeps.resultsProperty().addListener((p, before, now) -> show(now));
        show(sweeps.resultsProperty().get());
    }

    /** Which keys it is over; stands beside the card's title. */
    Node tools() {
        return tools;
    }

    private static Label words(String text) {
        Label label = new Label(text);
        label.getStyleClass().addAll("muted", "small");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private void show(SweepResults results) {
        List<String> now = results == null ? List.of() : SweepRow.keys(results, false);
        if (!now.equals(keys)) {
            keys = now;
            filling = true;
            rowKey.getItems().setAll(keys);
            columnKey.getItems().setAll(keys);
            rowKey.setValue(keys.isEmpty() ? null : keys.getFirst());
            columnKey.setValue(keys.size() < 2 ? null : keys.get(1));
            filling = false;
        }
        boolean some = !keys.isEmpty();
        rowKey.setDisable(!some);
        columnKey.setDisable(keys.size() < 2);
        draw();
    }

    private void draw() {
        if (filling) {
            return;
        }
        grid.getChildren().clear();
        SweepResults results = sweeps.resultsProperty().get();
        if (results == null || rowKey.getValue() == null) {
            Label empty = words("Open a sweep, or start one: each pair of values becomes a cell.");
            empty.setWrapText(true);
            empty.setMinWidth(0);
            grid.add(empty, 0, 0);
            return;
        }
        String across = columnKey.getValue() == null ? "" : columnKey.getValue();
        HeatMap map = HeatMap.of(results, rowKey.getValue(), across);
        for (int c = 0; !across.isEmpty() && c < map.columns().size(); c++) {
            Label head = words(map.columns().get(c));
            GridPane.setHalignment(head, HPos.CENTER);
            grid.add(head, c + 1, 0);
        }
        for (int r = 0; r < map.rows().size(); r++) {
            Label head = words(map.rows().get(r));
            GridPane.setHalignment(head, HPos.RIGHT);
            grid.add(head, 0, r + 1);
            for (int c = 0; c < map.columns().size(); c++) {
                HeatMap.Cell cell = map.cells().get(r).get(c);
                StackPane drawn = drawn(cell);
                GridPane.setHgrow(drawn, Priority.ALWAYS);
                GridPane.setVgrow(drawn, Priority.ALWAYS);
                grid.add(drawn, c + 1, r + 1);
            }
        }
    }

    private static StackPane drawn(HeatMap.Cell cell) {
        Region colour = new Region();
        colour.getStyleClass().add("sweep-heat");
        colour.setOpacity(cell.runs() == 0 ? 0 : FAINTEST + (DEEPEST - FAINTEST) * cell.goodness());
        Label text = new Label(cell.text());
        text.setMinWidth(USE_PREF_SIZE);
        text.setTooltip(
                new Tooltip(
                        cell.runs() == 0
                                ? "No run has finished here."
                                : "Mean of " + Units.plural(cell.runs(), "finished run") + "."));
        StackPane box = new StackPane(colour, text);
        box.getStyleClass().add("sweep-cell");
        return box;
    }

    private final class ShortKey extends StringConverter<String> {
        @Override
        public String toString(String key) {
            return key == null ? "" : SettingText.shortKey(key, keys);
        }

        @Override
        public String fromString(String text) {
            throw new UnsupportedOperationException("the box is not typed in");
        }
    }
}
