package io.pocketllm.app.sweep;

import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.SweepResults;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/** The runs of a sweep, the best first. */
final class SweepTable extends TableView<SweepRow> {

    private static final double PLACE_WIDTH = 48;

    /** Of a wide letter, so that the head of a long key is whole. */
    private static final double LETTER_WIDTH = 11;

    private final SweepsViewModel sweeps;
    private List<String> keys = List.of();

    SweepTable(SweepsViewModel sweeps) {
        this.sweeps = sweeps;
        setId("sweep-table");
        getStyleClass().add("runs-table");
        setAccessibleText("Runs of the sweep");
        Label empty = new Label("No sweep yet. Type one above, or open the folder of one.");
        empty.getStyleClass().addAll("muted", "centred");
        setPlaceholder(empty);
        sweeps.resultsProperty().addListener(o -> show());
        sweeps.groupedProperty().addListener(o -> show());
        show();
    }

    private void show() {
        SweepResults results = sweeps.resultsProperty().get();
        if (results == null) {
            getItems().clear();
            return;
        }
        boolean grouped = sweeps.groupedProperty().get();
        List<String> now = SweepRow.keys(results, grouped);
        if (!now.equals(keys) || getColumns().isEmpty()) {
            keys = now;
            layOutColumns();
        }
        getItems().setAll(SweepRow.of(results, grouped));
    }

    private void layOutColumns() {
        // The policy looks at widths when it is set: under it, the first column would take all.
        setColumnResizePolicy(UNCONSTRAINED_RESIZE_POLICY);
        getColumns().clear();
        number("", PLACE_WIDTH, SweepRow::place);
        getColumns().getFirst().setMaxWidth(PLACE_WIDTH);
        for (int i = 0; i < keys.size(); i++) {
            int at = i;
            String head = SettingText.shortKey(keys.get(i), keys);
            number(head, Math.max(80, LETTER_WIDTH * head.length()), r -> r.values().get(at));
        }
        number("accuracy", 120, SweepRow::accuracy);
        number("loss", 120, SweepRow::loss);
        number("steps", 70, SweepRow::steps);
        number("peak memory", 124, SweepRow::memory);
        number("time", 90, SweepRow::time);
        column("state", 150, SweepRow::state);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    }

    private void number(String head, double width, Function<SweepRow, String> value) {
        column(head, width, value).getStyleClass().add("number-column");
    }

    private TableColumn<SweepRow, String> column(
            String head, double width, Function<SweepRow, String> value) {
        TableColumn<SweepRow, String> column = new TableColumn<>(head);
        column.setPrefWidth(width);
        column.setMinWidth(0.85 * width);
        // The rows are ranked; numbers in words would sort as words.
        column.setSortable(false);
        column.setCellValueFactory(c -> new ReadOnlyStringWrapper(value.apply(c.getValue())));
        getColumns().add(column);
        return column;
    }
}
