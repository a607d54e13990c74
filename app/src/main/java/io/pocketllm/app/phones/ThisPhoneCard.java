package io.pocketllm.app.phones;

import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What a phone tells about itself. */
final class ThisPhoneCard extends VBox {

    private final ReadingViewModel reading;
    private final GridPane grid = new GridPane();
    private final Button simulate;
    private final Button save;

    /**
     * @param simulate chooses a profile in Train, by its id
     */
    ThisPhoneCard(ReadingViewModel reading, Consumer<String> simulate) {
        this.reading = reading;
        setId("this-phone");
        getStyleClass().addAll("card", "this-phone-card");
        Button again = Nodes.button("phone-read", "Read again", reading::read);
        Button cancel = Nodes.button("phone-read-cancel", "Cancel", reading::cancel);
        again.visibleProperty().bind(reading.busyProperty().not());
        again.managedProperty().bind(again.visibleProperty());
        cancel.visibleProperty().bind(reading.busyProperty());
        cancel.managedProperty().bind(cancel.visibleProperty());
        HBox head = new HBox(Nodes.title("This phone"), Nodes.space(), again, cancel);
        head.setAlignment(Pos.CENTER_LEFT);
        grid.getStyleClass().add("reading-grid");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setMinWidth(0);
        grid.getColumnConstraints().setAll(names, values);
        Label busy = Nodes.text("phone-reading", "muted");
        busy.setText("Reading the phone…");
        busy.visibleProperty().bind(reading.busyProperty());
        busy.managedProperty().bind(busy.visibleProperty());
        save = Nodes.button("phone-profile", "Read into a profile", reading::saveProfile);
        this.simulate =
                Nodes.button(
                        "phone-simulate",
                        "Simulate it in Train",
                        () -> simulate.accept(reading.profileIdProperty().get()));
        FlowPane buttons = new FlowPane(save, this.simulate);
        buttons.getStyleClass().add("button-flow");
        getChildren()
                .setAll(
                        head,
                        Nodes.trouble("phone-read-trouble", reading.troubleProperty()),
                        busy,
                        grid,
                        buttons,
                        Nodes.bound("phone-profile-told", reading.profileToldProperty(), "small"));
        reading.readingProperty().addListener(o -> show());
        reading.profileIdProperty().addListener(o -> show());
        show();
    }

    private void show() {
        boolean read = reading.readingProperty().get() != null;
        save.setDisable(!read);
        Nodes.show(simulate, !reading.profileIdProperty().get().isEmpty());
        grid.getChildren().clear();
        if (!read) {
            return;
        }
        List<ReadingRow> rows = ReadingRow.of(reading.readingProperty().get());
        for (int i = 0; i < rows.size(); i++) {
            Label name = Nodes.text(null, "muted");
            name.setText(rows.get(i).name());
            Label value = Nodes.text(null);
            value.setText(rows.get(i).text());
            if (!rows.get(i).told()) {
                value.getStyleClass().add("muted");
            }
            name.setLabelFor(value);
            GridPane.setValignment(name, VPos.TOP);
            grid.addRow(i, name, value);
        }
    }
}
