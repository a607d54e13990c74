package io.pocketllm.app.runs;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.text.Units;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

/** The table of runs: sorts by any column, several rows may be selected. */
final class RunsTable extends TableView<RunRow> {

    private static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");

    private static final double ROW_EMS = 2.3;

    private final RunsViewModel runs;
    private final ObservableValue<Palette> palette;
    private boolean selecting;

    RunsTable(RunsViewModel runs, ObservableValue<Palette> palette) {
        this.runs = runs;
        this.palette = palette;
        setId("runs-table");
        getStyleClass().add("runs-table");
        setAccessibleText("All runs");
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        // Whole pixels, or some lines between rows are lost.
        setFixedCellSize(Math.round(ROW_EMS * Font.getDefault().getSize()));
        getColumns().add(nameColumn());
        text("began", 140, RunRow::date);
        text("model", 124, RunRow::model);
        text("method", 134, RunRow::method);
        text("phone", 128, RunRow::phone);
        number("steps", 58, RunRow::steps, v -> String.format(Locale.ROOT, "%,.0f", v));
        number("accuracy", 82, RunRow::accuracy, Units::percent);
        number("loss", 60, RunRow::loss, Units::loss);
        number("peak memory", 112, RunRow::peakRssBytes, Units::megabytes);
        getColumns().add(stateColumn());
        SortedList<RunRow> sorted = new SortedList<>(runs.shown());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        Label empty = new Label();
        empty.setWrapText(true);
        empty.getStyleClass().addAll("muted", "centred");
        empty.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::emptyText,
                                runs.readingProperty(),
                                runs.filterProperty(),
                                runs.rows()));
        setPlaceholder(empty);
        getSelectionModel()
                .getSelectedItems()
                .addListener((ListChangeListener<RunRow>) change -> tellSelection());
        runs.selected().addListener((ListChangeListener<RunRow>) change -> showSelection());
        runs.revisionProperty().addListener(o -> refresh());
        palette.addListener(o -> refresh());
        setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.DELETE) {
                        runs.deleteSelected();
                    } else if (e.getCode() == KeyCode.Z && e.isShortcutDown()) {
                        runs.undoDelete();
                    }
                });
    }

    private String emptyText() {
        if (!runs.rows().isEmpty()) {
            return "No run has all of these words.";
        }
        return runs.readingProperty().get()
                ? "Reading the runs…"
                : "No runs yet. Start one in Train; runs of the command line appear here too.";
    }

    private void tellSelection() {
        if (!selecting) {
            selecting = true;
            runs.select(
                    getSelectionModel().getSelectedItems().stream()
                            .filter(Objects::nonNull)
                            .toList());
            selecting = false;
        }
    }

    /** After the rows were read anew the table has forgotten what was selected. */
    private void showSelection() {
        if (selecting) {
            return;
        }
        selecting = true;
        getSelectionModel().clearSelection();
        runs.selected().forEach(row -> getSelectionModel().select(row));
        selecting = false;
    }

    private TableColumn<RunRow, RunRow> nameColumn() {
        TableColumn<RunRow, RunRow> column = column("run", 150);
        column.setComparator(Comparator.comparing(RunRow::name, String.CASE_INSENSITIVE_ORDER));
        column.setCellFactory(
                c ->
                        new TableCell<>() {
                            private final Region swatch = new Region();

                            {
                                swatch.getStyleClass().add("run-swatch");
                            }

                            @Override
                            protected void updateItem(RunRow row, boolean empty) {
                                super.updateItem(row, empty);
                                setGraphic(empty ? null : swatch);
                                setText(empty ? null : row.name() + tag(row));
                                setTooltip(
                                        empty || row.run().notes().note().isEmpty()
                                                ? null
                                                : new Tooltip(row.run().notes().note()));
                                var style = empty ? null : runs.style(row);
                                swatch.setStyle(
                                        "-fx-background-color: "
                                                + (style == null
                                                        ? "transparent"
                                                        : style.web(palette.getValue())));
                            }
                        });
        return column;
    }

    private static String tag(RunRow row) {
        return row.run().notes().tag().isEmpty() ? "" : "  #" + row.run().notes().tag();
    }

    private TableColumn<RunRow, RunRow> stateColumn() {
        TableColumn<RunRow, RunRow> column = column("state", 186);
        column.setComparator(Comparator.comparing(RunRow::state));
        column.setCellFactory(
                c ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(RunRow row, boolean empty) {
                                super.updateItem(row, empty);
                                setText(
                                        empty
                                                ? null
                                                : runs.isRunning(row) ? "running" : row.state());
                                setTooltip(
                                        empty || row.run().problem().isEmpty()
                                                ? null
                                                : new Tooltip(row.run().problem()));
                                pseudoClassStateChanged(ALARM, !empty && row.alarming());
                            }
                        });
        return column;
    }

    private static TableColumn<RunRow, RunRow> column(String name, double width) {
        TableColumn<RunRow, RunRow> column = new TableColumn<>(name);
        column.setPrefWidth(width);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        return column;
    }

    private void text(String name, double width, Function<RunRow, String> value) {
        TableColumn<RunRow, String> column = new TableColumn<>(name);
        column.setPrefWidth(width);
        column.getStyleClass().add("muted-column");
        column.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        getColumns().add(column);
    }

    private void number(
            String name,
            double width,
            ToDoubleFunction<RunRow> value,
            DoubleFunction<String> print) {
        TableColumn<RunRow, Double> column = new TableColumn<>(name);
        column.setPrefWidth(width);
        column.getStyleClass().add("number-column");
        // A number cut short is a wrong one; words make room.
        column.setMinWidth(width);
        column.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(value.applyAsDouble(cell.getValue())));
        column.setCellFactory(
                c ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(Double number, boolean empty) {
                                super.updateItem(number, empty);
                                setText(
                                        empty || number == null
                                                ? null
                                                : number.isNaN() ? "–" : print.apply(number));
                            }
                        });
        getColumns().add(column);
    }
}
