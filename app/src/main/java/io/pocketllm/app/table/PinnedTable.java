package io.pocketllm.app.table;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.TableColumnHeader;
import javafx.util.Callback;

/**
 * A table whose first column stays where it is while the others scroll sideways under it: its cells
 * and its head are moved by what is scrolled, and drawn in front. Where the column is no longer the
 * first, since a person has moved it, it scrolls like any other.
 *
 * @param <R> a row
 */
public abstract class PinnedTable<R> extends TableView<R> {

    private static final PseudoClass SCROLLED = PseudoClass.getPseudoClass("scrolled");
    private static final String PINNED = "pinned";

    private final ReadOnlyDoubleWrapper offset = new ReadOnlyDoubleWrapper();
    private final double rowHeight;
    private TableColumn<R, ?> pinned;
    private ScrollBar sideways;
    private boolean uncover;

    /**
     * @param rowHeight of every row, in whole points, or some lines between rows are lost
     */
    protected PinnedTable(double rowHeight) {
        this.rowHeight = rowHeight;
        // With a fixed cell size the table would drop cells of columns that are scrolled away.
        setRowFactory(table -> row());
        skinProperty().addListener(o -> findScrollBar());
        getFocusModel()
                .focusedCellProperty()
                .addListener(
                        o -> {
                            uncover = true;
                            requestLayout();
                        });
    }

    private TableRow<R> row() {
        TableRow<R> row = new TableRow<>();
        row.setMinHeight(rowHeight);
        row.setPrefHeight(rowHeight);
        row.setMaxHeight(rowHeight);
        return row;
    }

    /** Keeps a column in sight; call once its cell factory is set. */
    protected final <C> void pin(TableColumn<R, C> column) {
        pinned = column;
        Callback<TableColumn<R, C>, TableCell<R, C>> factory = column.getCellFactory();
        column.setCellFactory(
                c -> {
                    TableCell<R, C> cell = factory.call(c);
                    cell.getStyleClass().add(PINNED);
                    cell.setViewOrder(-1);
                    cell.translateXProperty().bind(offset);
                    offset.addListener(
                            (p, before, now) ->
                                    cell.pseudoClassStateChanged(SCROLLED, now.doubleValue() > 0));
                    return cell;
                });
    }

    /** How far the pinned column is moved: what is scrolled, in points. */
    public final ReadOnlyDoubleProperty pinnedOffsetProperty() {
        return offset.getReadOnlyProperty();
    }

    private void findScrollBar() {
        for (Node node : lookupAll(".scroll-bar")) {
            if (node instanceof ScrollBar bar && bar.getOrientation() == Orientation.HORIZONTAL) {
                sideways = bar;
                bar.valueProperty().addListener(o -> follow());
                bar.visibleProperty().addListener(o -> follow());
            }
        }
    }

    private void follow() {
        boolean first =
                !getVisibleLeafColumns().isEmpty() && getVisibleLeafColumns().getFirst() == pinned;
        offset.set(
                first && sideways != null && sideways.isVisible()
                        ? Math.max(0, sideways.getValue())
                        : 0);
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        follow();
        pinHead();
        if (uncover) {
            uncover = false;
            uncoverFocused();
        }
    }

    /** Heads are made anew whenever columns change. */
    private void pinHead() {
        for (Node node : lookupAll(".column-header")) {
            if (node instanceof TableColumnHeader head
                    && head.getTableColumn() == pinned
                    && !head.translateXProperty().isBound()) {
                head.getStyleClass().add(PINNED);
                head.setViewOrder(-1);
                head.translateXProperty().bind(offset);
            }
        }
    }

    /** The table scrolls until a focused cell is at its edge, where the pinned column lies. */
    private void uncoverFocused() {
        TableColumn<R, ?> column = getFocusModel().getFocusedCell().getTableColumn();
        if (column == null || column == pinned || offset.get() <= 0) {
            return;
        }
        double left = 0;
        for (TableColumn<R, ?> before : getVisibleLeafColumns()) {
            if (before == column) {
                break;
            }
            left += before.getWidth();
        }
        double free = left - pinned.getWidth();
        if (free < sideways.getValue()) {
            sideways.setValue(Math.max(0, free));
        }
    }
}
