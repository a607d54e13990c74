package io.pocketllm.app.sweep;

import io.pocketllm.run.sweep.RunResult;
import io.pocketllm.run.sweep.SettingText;
import io.pocketllm.run.sweep.SweepResults;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.text.Font;

/** The runs of a sweep, the best first. */
final class SweepTable extends TableView<SweepRow> {

    private static final double PLACE_WIDTH = 48;
    private static final double ROW_EMS = 2.3;

    /** Of a wide letter, so that the head of a long key is whole. */
    private static final double LETTER_WIDTH = 11;

    private final SweepsViewModel sweeps;
    private List<String> keys = List.of();

    /** The run that went on when rows were last made. */
    private int shownLive;

    SweepTable(SweepsViewModel sweeps) {
        this.sweeps = sweeps;
        setId("sweep-table");
        getStyleClass().add("runs-table");
        // Whole points, or some lines between rows are lost.
        setFixedCellSize(Math.round(ROW_EMS * Font.getDefault().getSize()));
        setAccessibleText("Runs of the sweep");
        Label empty = new Label("No sweep yet. Type one above, or open the folder of one.");
        empty.getStyleClass().addAll("muted", "centred");
        setPlaceholder(empty);
        sweeps.resultsProperty().addListener(o -> show());
        sweeps.groupedProperty().addListener(o -> show());
        sweeps.progressProperty().addListener(o -> showLive());
        sweeps.parallel().revisionProperty().addListener(o -> show());
        sweeps.runningProperty().addListener(o -> show());
        sweeps.viewProperty().addListener(o -> show());
        show();
    }

    private void show() {
        SweepResults results = sweeps.resultsProperty().get();
        if (results == null) {
            getItems().clear();
            return;
        }
        boolean grouped = sweeps.groupedProperty().get();
        shownLive = sweeps.live().number();
        List<String> now = SweepRow.keys(results, grouped);
        if (!now.equals(keys) || getColumns().isEmpty()) {
            keys = now;
            layOutColumns();
        }
        List<SweepRow> rows = rows(results, grouped);
        if (rows.size() != getItems().size()) {
            getItems().setAll(rows);
            return;
        }
        // Rows that are as they were keep their selection.
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).equals(getItems().get(i))) {
                getItems().set(i, rows.get(i));
            }
        }
    }

    /** Those within the ranges that are chosen in the lines. */
    private List<SweepRow> rows(SweepResults results, boolean grouped) {
        List<SweepRow> all = SweepRow.of(results, grouped, sweeps.live());
        if (!sweeps.parallel().isBrushed() || sweeps.viewProperty().get() != SweepView.LINES) {
            return all;
        }
        Set<Integer> kept = sweeps.parallel().keptRuns();
        return all.stream().filter(row -> row.runs().stream().anyMatch(kept::contains)).toList();
    }

    /** Many times a second: one row, however many runs the sweep has. */
    private void showLive() {
        SweepResults results = sweeps.resultsProperty().get();
        SweepProgress live = sweeps.live();
        if (results == null) {
            return;
        }
        if (live.number() != shownLive) {
            show();
            return;
        }
        if (sweeps.groupedProperty().get()) {
            return;
        }
        for (int i = 0; i < getItems().size(); i++) {
            if (getItems().get(i).runs().equals(List.of(live.number()))) {
                for (RunResult run : results.runs()) {
                    if (run.combination().number() == live.number() && !run.state().isDone()) {
                        getItems().set(i, SweepRow.of(run, keys, 0, live));
                    }
                }
                return;
            }
        }
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
        column("state", 190, SweepRow::state).setCellFactory(c -> new StateCell());
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    }

    private void number(String head, double width, Function<SweepRow, String> value) {
        column(head, width, value).getStyleClass().add("number-column");
    }

    /** A reason is longer than a column; the tooltip has it whole. */
    private static final class StateCell extends TableCell<SweepRow, String> {

        private static final PseudoClass GOING = PseudoClass.getPseudoClass("going");

        private final Tooltip whole = new Tooltip();

        @Override
        protected void updateItem(String state, boolean empty) {
            super.updateItem(state, empty);
            SweepRow row = empty ? null : getTableRow().getItem();
            setText(empty ? null : state);
            whole.setText(empty ? "" : state);
            setTooltip(empty ? null : whole);
            pseudoClassStateChanged(GOING, row != null && row.goesOn());
        }
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
