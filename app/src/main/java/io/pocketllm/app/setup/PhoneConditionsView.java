package io.pocketllm.app.setup;

import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunSpec;
import io.pocketllm.run.TrainWhen;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The phone's conditions: fields that a small link in the card's head opens. */
final class PhoneConditionsView extends VBox {

    private static final int COLUMNS = 3;

    private final SetupViewModel setup;
    private final Hyperlink line = new Hyperlink();
    private final Tooltip summary = new Tooltip();
    private final VBox inside = new VBox();
    private final MenuButton when;
    private final CheckBox inCase = new CheckBox("in a case");
    private final CheckBox realTime = new CheckBox("real time");

    /**
     * @param calibration what the phone's clock goes by
     */
    PhoneConditionsView(SetupViewModel setup, Node calibration) {
        this.setup = setup;
        PhoneConditionsViewModel conditions = setup.phoneConditions();
        getStyleClass().add("phone-conditions");
        line.setId("phone-conditions");
        line.getStyleClass().add("small");
        line.setMinWidth(USE_PREF_SIZE);
        line.setTooltip(summary);
        line.setOnAction(
                e -> {
                    line.setVisited(false);
                    inside.setVisible(!inside.isVisible());
                    show();
                });
        GridPane grid = new GridPane();
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            grid.getColumnConstraints().add(column);
        }
        for (PhoneSetting setting : PhoneSetting.values()) {
            FieldView view = new FieldView(conditions.field(setting), setup.lockedProperty());
            view.input()
                    .setId(
                            "condition-"
                                    + setting.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            GridPane.setValignment(view, VPos.BOTTOM);
            view.setMaxHeight(USE_PREF_SIZE);
            grid.add(view, setting.ordinal() % COLUMNS, setting.ordinal() / COLUMNS);
        }
        when = Menus.link("", "phone-train-when", setup.lockedProperty());
        when.setTooltip(new Tooltip("Whether heat or a missing charger make the run wait."));
        for (TrainWhen each : TrainWhen.values()) {
            when.getItems()
                    .add(
                            Menus.item(
                                    PhoneConditionsViewModel.words(each),
                                    () -> conditions.trainWhen(each)));
        }
        inCase.setId("phone-in-case");
        inCase.setTooltip(new Tooltip("A case keeps 30 % of the heat."));
        inCase.disableProperty().bind(setup.lockedProperty());
        inCase.setOnAction(e -> conditions.inCase(inCase.isSelected()));
        realTime.setId("phone-real-time");
        realTime.setTooltip(new Tooltip("The run is as slow here as it would be on the phone."));
        realTime.disableProperty().bind(setup.lockedProperty());
        realTime.setOnAction(e -> conditions.realTime(realTime.isSelected()));
        Label trains = new Label("trains");
        trains.getStyleClass().addAll("muted", "small");
        HBox choices = new HBox(trains, when);
        choices.setAlignment(Pos.BASELINE_LEFT);
        HBox boxes = new HBox(12, inCase, realTime);
        Label refused = new Label();
        refused.setId("phone-conditions-error");
        refused.getStyleClass().add("field-error");
        refused.setWrapText(true);
        refused.setMinHeight(USE_PREF_SIZE);
        refused.textProperty().bind(conditions.problemProperty());
        refused.visibleProperty().bind(refused.textProperty().isNotEmpty());
        refused.managedProperty().bind(refused.visibleProperty());
        inside.getChildren()
                .setAll(
                        FieldView.errorsOf(conditions.fields()),
                        grid,
                        refused,
                        choices,
                        boxes,
                        calibration);
        inside.getStyleClass().add("phone-conditions");
        inside.setVisible(false);
        inside.managedProperty().bind(inside.visibleProperty());
        getChildren().setAll(inside);
        line.visibleProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () ->
                                        setup.fileProperty().get() != null
                                                && conditions
                                                        .field(PhoneSetting.AMBIENT)
                                                        .applicableProperty()
                                                        .get(),
                                setup.fileProperty(),
                                conditions.field(PhoneSetting.AMBIENT).applicableProperty()));
        line.managedProperty().bind(line.visibleProperty());
        visibleProperty().bind(inside.visibleProperty().and(line.visibleProperty()));
        managedProperty().bind(visibleProperty());
        setup.fileProperty().addListener(o -> show());
        conditions.problemProperty().addListener(o -> show());
        show();
    }

    /** Opens and closes it. */
    Hyperlink link() {
        return line;
    }

    private void show() {
        RunFile file = setup.fileProperty().get();
        if (file == null) {
            return;
        }
        RunSpec.Device device = file.spec().device();
        line.setText(inside.isVisible() ? "Hide" : "Conditions");
        summary.setText(PhoneConditionsViewModel.summary(file));
        when.setText(PhoneConditionsViewModel.words(device.trainWhen()));
        inCase.setSelected(device.surroundings().conductanceFactor() < 1);
        realTime.setSelected(device.realTime());
    }
}
