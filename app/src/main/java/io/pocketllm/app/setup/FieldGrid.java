package io.pocketllm.app.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/** The numbers of the method, three a row; those that change nothing in this run are left out. */
final class FieldGrid extends VBox {

    private static final int COLUMNS = 3;

    private final GridPane grid = new GridPane();
    private final List<FieldView> views = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();

    FieldGrid(SetupViewModel setup) {
        getStyleClass().add("field-grid");
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            grid.getColumnConstraints().add(column);
        }
        for (Setting setting : Setting.values()) {
            Field field = setup.field(setting);
            FieldView view = new FieldView(field, setup.lockedProperty());
            view.input()
                    .setId("field-" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            fields.add(field);
            views.add(view);
            field.applicableProperty().addListener(o -> layOut());
        }
        // Over the grid: under it, a low window would hide the reason.
        getChildren().setAll(FieldView.errorsOf(fields), grid);
        layOut();
    }

    private void layOut() {
        List<FieldView> shown = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            if (fields.get(i).applicableProperty().get()) {
                shown.add(views.get(i));
            }
        }
        if (grid.getChildren().equals(shown)) {
            return;
        }
        grid.getChildren().clear();
        for (int i = 0; i < shown.size(); i++) {
            // A name that takes two lines pushes its own field down; the fields of a row stay in
            // line at the bottom.
            GridPane.setValignment(shown.get(i), VPos.BOTTOM);
            shown.get(i).setMaxHeight(USE_PREF_SIZE);
            grid.add(shown.get(i), i % COLUMNS, i / COLUMNS);
        }
    }
}
