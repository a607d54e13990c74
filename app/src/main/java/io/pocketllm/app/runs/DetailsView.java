package io.pocketllm.app.runs;

import io.pocketllm.app.chart.LineStyle;
import io.pocketllm.app.chart.Palette;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Of one run its notes, of several only what differs. */
final class DetailsView extends VBox {

    private static final double NAME_WIDTH = 92;
    private static final double GAP = 9;
    private static final double NARROWEST = 64;

    private final RunsViewModel runs;
    private final ObservableValue<Palette> palette;
    private final Label title = new Label();
    private final NotesView notes;
    private final GridPane grid = new GridPane();
    private final ScrollPane scroll = new ScrollPane(grid);
    private final Label hint = new Label();

    DetailsView(RunsViewModel runs, ObservableValue<Palette> palette) {
        this.runs = runs;
        this.palette = palette;
        getStyleClass().addAll("card", "run-details");
        title.getStyleClass().add("card-title");
        title.setId("details-title");
        notes = new NotesView(runs);
        grid.setId("differences");
        grid.getStyleClass().add("differences");
        scroll.getStyleClass().add("column-scroll");
        hint.getStyleClass().add("muted");
        hint.setWrapText(true);
        StackPane content = new StackPane(hint, scroll, notes);
        StackPane.setAlignment(hint, Pos.TOP_LEFT);
        VBox.setVgrow(content, Priority.ALWAYS);
        getChildren().setAll(title, content);
        runs.revisionProperty().addListener(o -> show());
        palette.addListener(o -> show());
        widthProperty().addListener(o -> show());
        show();
    }

    private void show() {
        List<RunRow> selected = runs.selected();
        boolean one = selected.size() == 1 && !selected.getFirst().isGroup();
        notes.setVisible(one);
        notes.show(one ? selected.getFirst() : null);
        List<Difference> differences = one || selected.isEmpty() ? List.of() : runs.differences();
        scroll.setVisible(!differences.isEmpty());
        hint.setVisible(!one && differences.isEmpty());
        hint.setText(
                selected.isEmpty()
                        ? "Select one run to name it, several to see what differs."
                        : "Their settings are the same.");
        title.setText(one ? "This run" : "Only what differs");
        fill(differences);
    }

    private void fill(List<Difference> differences) {
        grid.getChildren().clear();
        grid.getColumnConstraints().clear();
        if (differences.isEmpty()) {
            return;
        }
        grid.getColumnConstraints().add(new ColumnConstraints(NAME_WIDTH));
        List<RunRow> compared = runs.compared();
        double room = getWidth() - snappedLeftInset() - snappedRightInset() - NAME_WIDTH;
        double width = Math.max(NARROWEST, Math.floor(room / compared.size() - GAP));
        for (int i = 0; i < compared.size(); i++) {
            ColumnConstraints column = new ColumnConstraints(width);
            column.setHalignment(HPos.LEFT);
            grid.getColumnConstraints().add(column);
            Region swatch = new Region();
            swatch.getStyleClass().add("run-swatch");
            LineStyle style = runs.style(compared.get(i));
            swatch.setStyle(
                    "-fx-background-color: "
                            + (style == null ? "transparent" : style.web(palette.getValue())));
            Label head = new Label(compared.get(i).name(), swatch);
            head.setTooltip(new Tooltip(compared.get(i).name()));
            head.setMaxWidth(width);
            head.getStyleClass().add("small");
            grid.add(head, i + 1, 0);
        }
        int row = 1;
        for (Difference difference : differences) {
            Label key = new Label(SettingWords.name(difference.key()));
            key.setTooltip(new Tooltip(difference.key()));
            key.setWrapText(true);
            key.getStyleClass().addAll("muted", "small");
            grid.add(key, 0, row);
            for (int i = 0; i < difference.values().size(); i++) {
                Label value = new Label(difference.shown().get(i));
                value.setTooltip(new Tooltip(difference.values().get(i)));
                value.setWrapText(true);
                value.getStyleClass().add("small");
                grid.add(value, i + 1, row);
            }
            row++;
        }
    }

    /** Lets the person type another name for the run that is shown. */
    void rename() {
        if (notes.isVisible()) {
            notes.rename();
        }
    }
}
