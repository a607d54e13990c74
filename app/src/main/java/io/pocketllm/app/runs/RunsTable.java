package io.pocketllm.app.runs;

import io.pocketllm.app.chart.Palette;
import io.pocketllm.app.table.FillOrScroll;
import io.pocketllm.app.table.PinnedTable;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;

/**
 * The table of runs: sorts by any column, several rows may be selected. Where there are more
 * columns than room it scrolls, and the names stay.
 */
final class RunsTable extends PinnedTable<RunRow> {

    private static final PseudoClass ALARM = PseudoClass.getPseudoClass("alarm");

    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("going");
    private static final PseudoClass ARCHIVED = PseudoClass.getPseudoClass("archived");

    private static final double NAME_WIDTH = 122;
    private static final double DATE_WIDTH = 134;
    private static final double WORD_WIDTH = 84;

    /** What has words that may be longer than their column. */
    private static final Set<String> GROWING = Set.of("run", "sweep", "method", "state");

    private static final double ROW_EMS = 2.3;

    private final RunsViewModel runs;
    private final ObservableValue<Palette> palette;
    private boolean selecting;

    RunsTable(
            RunsViewModel runs,
            RunExports exports,
            RunsPage.Doings doings,
            ObservableValue<Palette> palette) {
        super(Math.round(ROW_EMS * Font.getDefault().getSize()));
        this.runs = runs;
        this.palette = palette;
        setId("runs-table");
        getStyleClass().add("runs-table");
        setAccessibleText("All runs");
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        setTableMenuButtonVisible(true);
        TableColumn<RunRow, RunRow> names = nameColumn();
        pin(names);
        getColumns().add(names);
        text("sweep", 110, RunRow::sweep).setMinWidth(WORD_WIDTH);
        getColumns().getLast().setVisible(false);
        text("began", DATE_WIDTH, RunRow::date).setMinWidth(WORD_WIDTH);
        text("model", 124, RunRow::model).setVisible(false);
        text("method", 130, RunRow::method).setMinWidth(WORD_WIDTH);
        text("phone", 128, RunRow::phone).setMinWidth(WORD_WIDTH);
        steps();
        figure(Figure.ACCURACY, 84, 20, 40);
        figure(Figure.LOSS, 62, 58, 50);
        figure(Figure.MEMORY, 114, 14, 44);
        figure(Figure.TIME, 82, 46, 46);
        getColumns().add(stateColumn());
        getColumns().getFirst().setMinWidth(NAME_WIDTH);
        getColumns().getLast().setMinWidth(NAME_WIDTH);
        fitColumns();
        Runnable later = () -> runs.tasks().onScreen(this::fitColumns);
        runs.groupedProperty().addListener(o -> later.run());
        runs.baseline().rowProperty().addListener(o -> later.run());
        showSweepsWhereThereAreSome();
        SortedList<RunRow> sorted = new SortedList<>(runs.shown());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        ColumnMemory.attach(this, runs.remembered(), runs.tasks());
        Label empty = new Label();
        empty.setWrapText(true);
        empty.getStyleClass().addAll("muted", "centred");
        empty.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::emptyText,
                                runs.readingProperty(),
                                runs.filterProperty(),
                                runs.archivedShownProperty(),
                                runs.rows()));
        setPlaceholder(empty);
        getSelectionModel()
                .getSelectedItems()
                .addListener((ListChangeListener<RunRow>) change -> tellSelection());
        runs.selected().addListener((ListChangeListener<RunRow>) change -> showSelection());
        runs.revisionProperty().addListener(o -> refresh());
        palette.addListener(o -> refresh());
        runs.baseline().rowProperty().addListener(o -> refresh());
        setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.DELETE) {
                        runs.deleteSelected();
                    } else if (e.getCode() == KeyCode.Z && e.isShortcutDown()) {
                        runs.undoDelete();
                    } else if (e.getCode() == KeyCode.F2) {
                        doings.rename();
                    } else {
                        return;
                    }
                    e.consume();
                });
        setContextMenu(RunMenu.over(runs, exports, doings));
    }

    /** After some want more room: the policy looks at widths only when it is set. */
    private void fitColumns() {
        setColumnResizePolicy(UNCONSTRAINED_RESIZE_POLICY);
        setColumnResizePolicy(new FillOrScroll(column -> GROWING.contains(column.getId())));
    }

    /** Unless a person has said how the columns shall be. */
    private void showSweepsWhereThereAreSome() {
        TableColumn<RunRow, ?> sweeps = getColumns().get(1);
        if (runs.remembered().get("columns").isEmpty()) {
            runs.rows()
                    .addListener(
                            (ListChangeListener<RunRow>)
                                    change ->
                                            sweeps.setVisible(
                                                    sweeps.isVisible()
                                                            || runs.rows().stream()
                                                                    .anyMatch(
                                                                            row ->
                                                                                    !row.sweep()
                                                                                            .isEmpty())));
        }
    }

    private String emptyText() {
        if (!runs.rows().isEmpty()) {
            return runs.filterProperty().get().isBlank()
                    ? "All runs are archived. The menu shows them again."
                    : "No run has all of these words.";
        }
        return runs.readingProperty().get()
                ? "Reading the runs…"
                : "No runs yet. Start one in Train; runs of the command line appear here too,"
                        + " and folders that you drop here.";
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
        TableColumn<RunRow, RunRow> column = column("run", 140);
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
                                setText(
                                        empty
                                                ? null
                                                : row.name()
                                                        + (runs.baseline().is(row) ? " ★" : "")
                                                        + tag(row));
                                setTooltip(empty ? null : new Tooltip(nameTip(row)));
                                pseudoClassStateChanged(ARCHIVED, !empty && row.archived());
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

    private String nameTip(RunRow row) {
        String note = row.run().notes().note();
        return row.name()
                + (runs.baseline().is(row)
                        ? "\nThe baseline: others show how far they are from it."
                        : "")
                + (row.archived() ? "\narchived" : "")
                + (note.isEmpty() ? "" : "\n" + note);
    }

    private static String tag(RunRow row) {
        return row.run().notes().tag().isEmpty() ? "" : "  #" + row.run().notes().tag();
    }

    private TableColumn<RunRow, RunRow> stateColumn() {
        TableColumn<RunRow, RunRow> column = column("state", 146);
        column.setComparator(Comparator.comparing(RunRow::state));
        column.setCellFactory(
                c ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(RunRow row, boolean empty) {
                                super.updateItem(row, empty);
                                boolean going = !empty && runs.isRunning(row);
                                setText(empty ? null : going ? "● running" : row.state());
                                pseudoClassStateChanged(RUNNING, going);
                                setTooltip(
                                        empty
                                                ? null
                                                : new Tooltip(
                                                        row.run().problem().isEmpty()
                                                                ? row.state()
                                                                : row.run().problem()));
                                pseudoClassStateChanged(ALARM, !empty && !going && row.alarming());
                            }
                        });
        return column;
    }

    private static TableColumn<RunRow, RunRow> column(String name, double width) {
        TableColumn<RunRow, RunRow> column = new TableColumn<>(name);
        column.setId(name);
        column.setPrefWidth(width);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        return column;
    }

    private TableColumn<RunRow, String> text(
            String name, double width, Function<RunRow, String> value) {
        TableColumn<RunRow, String> column = new TableColumn<>(name);
        column.setId(name);
        column.setPrefWidth(width);
        column.getStyleClass().add("muted-column");
        column.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
        column.setCellFactory(c -> new WordCell());
        getColumns().add(column);
        return column;
    }

    /** Words that may be cut; the tooltip has them whole. */
    private static final class WordCell extends TableCell<RunRow, String> {
        private final Tooltip whole = new Tooltip();

        @Override
        protected void updateItem(String words, boolean empty) {
            super.updateItem(words, empty);
            boolean none = empty || words == null || words.isEmpty();
            setText(none ? null : words);
            whole.setText(none ? "" : words);
            setTooltip(none ? null : whole);
        }
    }

    private void steps() {
        TableColumn<RunRow, Double> column = number("steps", 58, RunRow::steps);
        column.setCellFactory(
                c ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(Double number, boolean empty) {
                                super.updateItem(number, empty);
                                setText(
                                        empty || number == null
                                                ? null
                                                : String.format(Locale.ROOT, "%,.0f", number));
                            }
                        });
    }

    /**
     * @param deviation more room where a deviation is shown
     * @param difference more room where a difference is shown
     */
    private void figure(Figure figure, double width, double deviation, double difference) {
        TableColumn<RunRow, Double> column =
                number(figure.text(), width, row -> row.figure(figure).mean());
        column.setCellFactory(c -> new FigureCell(runs, figure));
        Runnable room =
                () -> {
                    double wide =
                            width
                                    + (runs.groupedProperty().get() ? deviation : 0)
                                    + (runs.baseline().row() == null ? 0 : difference);
                    column.setMinWidth(wide);
                    column.setPrefWidth(wide);
                };
        runs.groupedProperty().addListener(o -> room.run());
        runs.baseline()
                .rowProperty()
                .addListener(
                        (p, before, now) -> {
                            if ((before == null) != (now == null)) {
                                room.run();
                            }
                        });
        room.run();
    }

    private TableColumn<RunRow, Double> number(
            String name, double width, ToDoubleFunction<RunRow> value) {
        TableColumn<RunRow, Double> column = new TableColumn<>(name);
        column.setId(name);
        column.setPrefWidth(width);
        column.getStyleClass().add("number-column");
        // A number cut short is a wrong one; words make room.
        column.setMinWidth(width);
        column.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(value.applyAsDouble(cell.getValue())));
        getColumns().add(column);
        return column;
    }
}
