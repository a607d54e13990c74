package io.pocketllm.app.setup;

import io.pocketllm.app.text.Units;
import io.pocketllm.device.DeviceProfile;
import java.util.List;
import java.util.Map;
import javafx.beans.Observable;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The pane of phone profiles, over the page: all phones at the left, the values of one at the
 * right.
 */
public final class PhoneProfilesCard extends VBox {

    private static final int COLUMNS = 2;

    private final PhoneProfilesViewModel profiles;
    private final GridPane values = new GridPane();
    private final Label head = new Label();
    private final Label note = new Label();
    private final Button save = button("Save", "profile-save");
    private final Button delete = button("Delete", "profile-delete");

    /** A pane over these profiles. */
    public PhoneProfilesCard(PhoneProfilesViewModel profiles) {
        this.profiles = profiles;
        setId("profiles-card");
        getStyleClass().addAll("card", "profiles-card");
        setMaxSize(960, 640);
        Label title = new Label("Phone profiles");
        title.getStyleClass().add("card-title");
        head.getStyleClass().add("setup-title");
        note.getStyleClass().addAll("muted", "small");
        note.setWrapText(true);
        Button duplicate = button("Duplicate", "profile-duplicate");
        duplicate.setOnAction(e -> profiles.duplicate());
        save.setOnAction(e -> profiles.save());
        delete.setOnAction(e -> profiles.delete());
        Button undo = button("Undo", "profile-undo");
        undo.setOnAction(e -> profiles.undo());
        undo.textProperty().bind(profiles.deletedProperty().map(name -> "Bring back " + name));
        undo.visibleProperty().bind(profiles.deletedProperty().isNotEmpty());
        undo.managedProperty().bind(undo.visibleProperty());
        Button close = button("Close", "profile-close");
        close.setOnAction(e -> profiles.shownProperty().set(false));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox buttons = new HBox(8, duplicate, save, delete, undo, space, close);
        Label problem = new Label();
        problem.setId("profile-problem");
        problem.getStyleClass().add("field-error");
        problem.setWrapText(true);
        problem.textProperty().bind(profiles.problemProperty());
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        values.setHgap(14);
        values.setVgap(6);
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            values.getColumnConstraints().add(column);
        }
        ScrollPane scroll = new ScrollPane(values);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("column-scroll");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox right = new VBox(6, head, note, problem, scroll);
        HBox.setHgrow(right, Priority.ALWAYS);
        HBox both = new HBox(14, list(), right);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().setAll(title, both, buttons);
        profiles.selectedProperty().addListener(o -> show());
        show();
    }

    private ListView<DeviceProfile> list() {
        ListView<DeviceProfile> list = new ListView<>(profiles.phones());
        list.setId("profile-list");
        list.setPrefWidth(230);
        list.setMinWidth(230);
        list.setCellFactory(
                v ->
                        new ListCell<>() {
                            @Override
                            protected void updateItem(DeviceProfile phone, boolean empty) {
                                super.updateItem(phone, empty);
                                setText(empty || phone == null ? null : name(phone));
                            }
                        });
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (p, before, now) -> {
                            if (now != null && now != profiles.selectedProperty().get()) {
                                profiles.select(now);
                            }
                        });
        profiles.selectedProperty()
                .addListener((p, before, now) -> list.getSelectionModel().select(index(now)));
        profiles.phones()
                .addListener(
                        (Observable o) ->
                                list.getSelectionModel()
                                        .select(index(profiles.selectedProperty().get())));
        return list;
    }

    /** A person's own with its id, since a copy has the name of what it was made from. */
    private String name(DeviceProfile phone) {
        return profiles.isOwn(phone) ? phone.id() + " (yours)" : phone.name();
    }

    private int index(DeviceProfile phone) {
        for (int i = 0; i < profiles.phones().size(); i++) {
            if (phone != null && profiles.phones().get(i).id().equals(phone.id())) {
                return i;
            }
        }
        return -1;
    }

    private void show() {
        DeviceProfile phone = profiles.selectedProperty().get();
        values.getChildren().clear();
        if (phone == null) {
            return;
        }
        boolean own = profiles.isOwn();
        save.setDisable(!own);
        delete.setDisable(!own);
        head.setText(phone.name() + " (" + phone.id() + ")");
        note.setText(
                own
                        ? "Yours. Save checks it; run files name it by its id."
                        : "Comes with the workbench. Duplicate it to change its values.");
        int at = 0;
        for (Map.Entry<ProfileField, Field> each : profiles.fields().entrySet()) {
            values.add(value(each.getKey(), each.getValue(), own), at % COLUMNS, at / COLUMNS);
            at++;
        }
    }

    private VBox value(ProfileField key, Field field, boolean own) {
        FieldView view = new FieldView(field, new SimpleBooleanProperty(!own));
        TextField input = view.input();
        input.setId("profile-" + key.key());
        SourceTag tag = new SourceTag();
        tag.show(key.source(profiles.draft()));
        Label read = new Label(readable(key.key(), field.textProperty().get()));
        read.getStyleClass().addAll("muted", "small");
        field.textProperty()
                .addListener(
                        (p, before, now) -> {
                            read.setText(readable(key.key(), now));
                            tag.show(key.source(profiles.draft()));
                        });
        return new VBox(view, new HBox(6, tag, read), FieldView.errorsOf(List.of(field)));
    }

    /** Large numbers in units people read. */
    private static String readable(String key, String text) {
        try {
            double value = Double.parseDouble(text);
            if (key.endsWith("BytesPerSecond")) {
                return Units.gigabytes(value) + "/s";
            }
            if (key.endsWith("Bytes")) {
                return Units.megabytes(value);
            }
            return key.endsWith("Hertz") ? Units.gigahertz(value) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static Button button(String text, String id) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add("quiet-button");
        return button;
    }
}
