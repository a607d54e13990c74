package io.pocketllm.app.runs;

import io.pocketllm.app.task.Debounce;
import io.pocketllm.app.task.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;

/**
 * Order, width and visibility of a table's columns, and what it is sorted by, kept between two
 * starts. What is kept and cannot be read is passed over.
 */
final class ColumnMemory {

    private static final Duration QUIET = Duration.ofMillis(300);

    private final TableView<?> table;
    private final Remembered remembered;

    private ColumnMemory(TableView<?> table, Remembered remembered) {
        this.table = table;
        this.remembered = remembered;
    }

    /** Puts the columns as they were and watches them from now on. Columns are told apart by id. */
    static <R> void attach(TableView<R> table, Remembered remembered, Tasks tasks) {
        ColumnMemory memory = new ColumnMemory(table, remembered);
        recall(table, remembered);
        Debounce later = new Debounce(tasks, QUIET);
        Runnable changed = () -> later.call(memory::keep);
        table.getColumns().addListener((javafx.beans.Observable o) -> changed.run());
        table.getSortOrder().addListener((javafx.beans.Observable o) -> changed.run());
        for (TableColumn<R, ?> column : table.getColumns()) {
            column.prefWidthProperty().addListener(o -> changed.run());
            column.visibleProperty().addListener(o -> changed.run());
            column.sortTypeProperty().addListener(o -> changed.run());
        }
    }

    private static <R> void recall(TableView<R> table, Remembered remembered) {
        List<TableColumn<R, ?>> ordered = new ArrayList<>();
        for (String text : remembered.get("columns").split(",")) {
            String[] parts = text.split(":");
            TableColumn<R, ?> column = parts.length == 3 ? find(table, parts[0]) : null;
            if (column == null || ordered.contains(column)) {
                continue;
            }
            try {
                column.setPrefWidth(Math.clamp(Double.parseDouble(parts[1]), 20, 2000));
                column.setVisible(parts[2].equals("shown"));
                ordered.add(column);
            } catch (IllegalArgumentException e) {
                // Someone wrote something else there; the column is as it is at first.
            }
        }
        // Columns that came with a newer version keep their place among the others.
        for (TableColumn<R, ?> column : List.copyOf(table.getColumns())) {
            if (!ordered.contains(column)) {
                ordered.add(Math.min(table.getColumns().indexOf(column), ordered.size()), column);
            }
        }
        table.getColumns().setAll(ordered);
        String[] sort = remembered.get("sort").split(":");
        TableColumn<R, ?> sorted = sort.length == 2 ? find(table, sort[0]) : null;
        if (sorted != null) {
            sorted.setSortType(sort[1].equals("down") ? SortType.DESCENDING : SortType.ASCENDING);
            table.getSortOrder().add(sorted);
        }
    }

    private static <R> TableColumn<R, ?> find(TableView<R> table, String id) {
        return table.getColumns().stream()
                .filter(column -> id.equals(column.getId()))
                .findFirst()
                .orElse(null);
    }

    private void keep() {
        List<String> columns = new ArrayList<>();
        for (TableColumn<?, ?> column : table.getColumns()) {
            columns.add(
                    String.format(
                            Locale.ROOT,
                            "%s:%.0f:%s",
                            column.getId(),
                            column.getPrefWidth(),
                            column.isVisible() ? "shown" : "hidden"));
        }
        remembered.put("columns", String.join(",", columns));
        remembered.put(
                "sort",
                table.getSortOrder().isEmpty()
                        ? ""
                        : table.getSortOrder().getFirst().getId()
                                + (table.getSortOrder().getFirst().getSortType()
                                                == SortType.DESCENDING
                                        ? ":down"
                                        : ":up"));
    }
}
