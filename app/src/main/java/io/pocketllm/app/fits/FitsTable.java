package io.pocketllm.app.fits;

import io.pocketllm.app.memory.MemoryWords;
import io.pocketllm.app.table.FillOrScroll;
import io.pocketllm.app.table.PinnedTable;
import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.plan.DeviceFit;
import java.util.Comparator;
import java.util.function.BiConsumer;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TablePosition;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.VBox;
import javafx.scene.text.Font;

/**
 * Models, bases and methods against phones. Sorts by any column; arrow keys go from cell to cell,
 * Enter or a click sets that run up. Many phones scroll sideways, and the models stay.
 */
final class FitsTable extends PinnedTable<FitRow> {

    private static final double ROW_EMS = 3.6;
    private static final int NAME_WIDTH = 262;
    private static final int BYTES_WIDTH = 112;
    private static final int PHONE_WIDTH = 120;

    private final FitsViewModel fits;
    private final BiConsumer<FitRow, String> choose;

    /**
     * @param choose sets up a row on a phone, by its id
     */
    FitsTable(FitsViewModel fits, BiConsumer<FitRow, String> choose) {
        super(Math.round(ROW_EMS * Font.getDefault().getSize()));
        this.fits = fits;
        this.choose = choose;
        setId("fits-table");
        getStyleClass().addAll("runs-table", "fits-table");
        setAccessibleText("What fits where");
        getSelectionModel().setCellSelectionEnabled(true);
        SortedList<FitRow> sorted = new SortedList<>(fits.shown());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        Label empty = new Label();
        empty.getStyleClass().addAll("muted", "centred");
        empty.textProperty()
                .bind(
                        javafx.beans.binding.Bindings.createStringBinding(
                                () ->
                                        fits.rows().isEmpty()
                                                ? "Looking at the models…"
                                                : "No row has all of these words.",
                                fits.rows()));
        setPlaceholder(empty);
        fits.columns().addListener((Observable o) -> layOutColumns());
        fits.quantityProperty().addListener(o -> refresh());
        getFocusModel().focusedCellProperty().addListener((p, before, now) -> look(now));
        setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER) {
                        TablePosition<?, ?> at = getFocusModel().getFocusedCell();
                        choose(at);
                        e.consume();
                    }
                });
        layOutColumns();
    }

    private void look(TablePosition<?, ?> at) {
        if (at != null && at.getRow() >= 0 && at.getRow() < getItems().size()) {
            FitRow row = getItems().get(at.getRow());
            if (at.getTableColumn() != null
                    && at.getTableColumn().getUserData() instanceof DeviceProfile phone) {
                fits.cellProperty().set(new FitsViewModel.Cell(row, row.on(phone.id())));
            }
        }
    }

    private void choose(TablePosition<?, ?> at) {
        if (at != null
                && at.getRow() >= 0
                && at.getRow() < getItems().size()
                && at.getTableColumn() != null
                && at.getTableColumn().getUserData() instanceof DeviceProfile phone) {
            choose.accept(getItems().get(at.getRow()), phone.id());
        }
    }

    private void layOutColumns() {
        getColumns().clear();
        getColumns().add(names());
        getColumns().add(bytes());
        for (DeviceProfile phone : fits.columns()) {
            getColumns().add(column(phone));
        }
        // Few phones share the room there is; many scroll.
        setColumnResizePolicy(UNCONSTRAINED_RESIZE_POLICY);
        setColumnResizePolicy(
                new FillOrScroll(column -> column.getUserData() instanceof DeviceProfile));
    }

    private TableColumn<FitRow, FitRow> names() {
        TableColumn<FitRow, FitRow> column = new TableColumn<>("model, base, method");
        column.setMinWidth(NAME_WIDTH);
        column.setPrefWidth(NAME_WIDTH);
        column.setCellValueFactory(c -> new ReadOnlyObjectWrapper<>(c.getValue()));
        column.setComparator(
                Comparator.comparing(FitRow::model, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(FitRow::way));
        column.setCellFactory(c -> new NameCell());
        pin(column);
        return column;
    }

    private static TableColumn<FitRow, Long> bytes() {
        TableColumn<FitRow, Long> column = new TableColumn<>("peak memory");
        column.setMinWidth(BYTES_WIDTH);
        column.setPrefWidth(BYTES_WIDTH);
        column.getStyleClass().add("number-column");
        column.setCellValueFactory(
                c -> new ReadOnlyObjectWrapper<>(c.getValue().plan().totalBytes()));
        column.setCellFactory(
                c ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(Long bytes, boolean empty) {
                                super.updateItem(bytes, empty);
                                setText(empty || bytes == null ? null : Units.megabytes(bytes));
                            }
                        });
        return column;
    }

    private TableColumn<FitRow, FitRow> column(DeviceProfile phone) {
        TableColumn<FitRow, FitRow> column = new TableColumn<>(PhoneNames.head(phone));
        column.setUserData(phone);
        column.setId("phone-" + phone.id());
        column.setMinWidth(PHONE_WIDTH);
        column.setPrefWidth(PHONE_WIDTH);
        column.getStyleClass().add("phone-column");
        column.setCellValueFactory(c -> new ReadOnlyObjectWrapper<>(c.getValue()));
        column.setComparator(
                Comparator.comparingDouble(
                        row -> fits.quantityProperty().get().order(row, row.on(phone.id()))));
        column.setCellFactory(c -> new FitCell(phone));
        return column;
    }

    private static final class NameCell extends TableCell<FitRow, FitRow> {
        private final Label model = new Label();
        private final Label way = new Label();
        private final VBox lines = new VBox(model, way);

        NameCell() {
            model.getStyleClass().add("fit-model");
            way.getStyleClass().addAll("muted", "small");
            lines.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(FitRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : lines);
            if (!empty && row != null) {
                model.setText(row.model() + remark(row));
                way.setText(row.way());
                setAccessibleText(model.getText() + ", " + way.getText());
            }
        }
    }

    private static String remark(FitRow row) {
        return row.asSetUp() ? "  (as set up)" : row.source().hasFiles() ? "" : "  (sizes only)";
    }

    private final class FitCell extends TableCell<FitRow, FitRow> {
        private final DeviceProfile phone;
        private final Label verdict = new Label();
        private final Label detail = new Label();
        private final VBox box = new VBox(verdict, detail);

        FitCell(DeviceProfile phone) {
            this.phone = phone;
            getStyleClass().add("fit-cell");
            detail.getStyleClass().addAll("small", "fit-detail");
            box.setAlignment(Pos.CENTER_LEFT);
            box.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            setOnMouseEntered(e -> look());
            setOnMouseClicked(
                    e -> {
                        if (e.getButton() == MouseButton.PRIMARY && getItem() != null) {
                            choose.accept(getItem(), phone.id());
                        }
                    });
        }

        private void look() {
            if (getItem() != null) {
                fits.cellProperty()
                        .set(new FitsViewModel.Cell(getItem(), getItem().on(phone.id())));
            }
        }

        @Override
        protected void updateItem(FitRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : box);
            if (empty || row == null) {
                setAccessibleText(null);
                return;
            }
            DeviceFit fit = row.on(phone.id());
            verdict.setText(fit.verdict().word());
            detail.setText(fits.quantityProperty().get().text(row, fit));
            verdict.getStyleClass().setAll("label", MemoryWords.styleClass(fit.verdict()));
            box.getStyleClass()
                    .setAll(
                            "fit-box",
                            "fit-box-" + fit.verdict().word(),
                            row.trainable() ? "fit-box-run" : "fit-box-compared");
            setAccessibleText(
                    row.model()
                            + ", "
                            + row.way()
                            + " on "
                            + phone.name()
                            + ": "
                            + verdict.getText()
                            + ", "
                            + detail.getText());
        }
    }
}
