package io.pocketllm.app.table;

import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.util.Callback;

/**
 * Columns as wide as they ask to be. What the window has more is shared by those that can use it;
 * what it has less they give, down to their least widths, and what is still missing is scrolled
 * for.
 */
public final class FillOrScroll implements Callback<TableView.ResizeFeatures, Boolean> {

    private final Callback<TableColumn<?, ?>, Boolean> grows;

    /**
     * @param grows whether a column can use more than it asks for, and make do with less
     */
    public FillOrScroll(Callback<TableColumn<?, ?>, Boolean> grows) {
        this.grows = grows;
    }

    @Override
    public Boolean call(TableView.ResizeFeatures features) {
        TableColumn<?, ?> dragged = features.getColumn();
        if (dragged != null) {
            double before = dragged.getWidth();
            double after = within(dragged, before + features.getDelta());
            // What a person chose is what the column asks for from now on.
            dragged.setPrefWidth(after);
            return after != before;
        }
        share(features);
        return true;
    }

    @SuppressWarnings("unchecked")
    private void share(TableView.ResizeFeatures features) {
        List<TableColumn<?, ?>> columns = features.getTable().getVisibleLeafColumns();
        double asked = columns.stream().mapToDouble(FillOrScroll::asked).sum();
        double rest = features.getContentWidth() - asked;
        double shared = columns.stream().mapToDouble(column -> part(column, rest)).sum();
        for (TableColumn<?, ?> column : columns) {
            double more = shared > 0 ? rest * part(column, rest) / shared : 0;
            // Whole points, rounded down, so that rounding makes nothing to scroll for.
            features.setColumnWidth(column, Math.floor(within(column, asked(column) + more)));
        }
    }

    /** Of what there is more, by width; of what is missing, by what a column can give. */
    private double part(TableColumn<?, ?> column, double rest) {
        if (!grows.call(column)) {
            return 0;
        }
        return rest > 0 ? asked(column) : asked(column) - column.getMinWidth();
    }

    private static double asked(TableColumn<?, ?> column) {
        return within(column, column.getPrefWidth());
    }

    private static double within(TableColumn<?, ?> column, double width) {
        return Math.clamp(
                width, column.getMinWidth(), Math.max(column.getMinWidth(), column.getMaxWidth()));
    }
}
