package io.pocketllm.app.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.DeviceProfileWriter;
import io.pocketllm.device.UserProfiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * All phones, and a person's own among them: duplicate, change, save, delete and take that back.
 * Files are a few KiB, so they are read and written at once.
 */
public final class PhoneProfilesViewModel {

    private static final JsonMapper JSON = new JsonMapper();

    private final List<DeviceProfile> builtin;
    private final UserProfiles own;
    private final Consumer<List<DeviceProfile>> changed;
    private final ObservableList<DeviceProfile> phones = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<DeviceProfile> selected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final Map<ProfileField, Field> fields = new LinkedHashMap<>();
    private final ReadOnlyStringWrapper deleted = new ReadOnlyStringWrapper("");
    private JsonNode draft;
    private String deletedJson;

    /**
     * @param own where a person's own profiles are
     * @param changed hears of all phones whenever one came, went or changed
     */
    public PhoneProfilesViewModel(
            List<DeviceProfile> builtin, UserProfiles own, Consumer<List<DeviceProfile>> changed) {
        this.builtin = List.copyOf(builtin);
        this.own = own;
        this.changed = changed;
        refresh();
    }

    /** Reads the folder anew: a profile came from elsewhere. */
    public void refresh() {
        List<DeviceProfile> all = new ArrayList<>(builtin);
        problem.set("");
        try {
            UserProfiles.Found found = own.found();
            all.addAll(found.profiles());
            found.problems().stream().findFirst().ifPresent(e -> problem.set(e.getMessage()));
        } catch (IOException e) {
            problem.set(own.folder() + " cannot be read: " + e.getMessage());
        }
        phones.setAll(all);
        changed.accept(all);
    }

    /** Shows a phone's values. */
    public void select(DeviceProfile phone) {
        if (phone == null) {
            return;
        }
        try {
            draft = JSON.readTree(DeviceProfileWriter.json(phone));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(phone.id(), e);
        }
        fields.clear();
        for (ProfileField each : ProfileField.of(draft)) {
            Field field = new Field(each.key(), "", text -> type(each, text));
            field.show(each.value(draft));
            fields.put(each, field);
        }
        problem.set("");
        selected.set(phone);
    }

    /**
     * Takes a value in; what is wrong with the whole profile then is told at the field it names.
     */
    private String type(ProfileField field, String text) {
        field.set(draft, text);
        try {
            own.check(draft.toString());
            return "";
        } catch (DeviceProfileException e) {
            return isAt(field, e) ? words(e) : "";
        }
    }

    private static boolean isAt(ProfileField field, DeviceProfileException e) {
        return e.key().equals(field.key()) || e.key().startsWith(field.key() + ".");
    }

    private static String words(DeviceProfileException e) {
        String message = e.getMessage();
        int key = message.indexOf(e.key() + ": ");
        return e.key().isEmpty() || key < 0
                ? message
                : e.key().replace(".value", "")
                        + " "
                        + message.substring(key + e.key().length() + 2);
    }

    /** Copies the phone that is shown under an id of its own, and shows the copy. */
    public void duplicate() {
        DeviceProfile from = selected.get();
        if (from == null) {
            return;
        }
        String id = from.id() + "-copy";
        for (int i = 2; isTaken(id); i++) {
            id = from.id() + "-copy-" + i;
        }
        try {
            DeviceProfile copy = own.duplicate(from.id(), id);
            refresh();
            select(copy);
        } catch (DeviceProfileException | IOException e) {
            problem.set(String.valueOf(e.getMessage()));
        }
    }

    private boolean isTaken(String id) {
        return phones.stream().anyMatch(p -> p.id().equals(id)) || own.file(id).isPresent();
    }

    /**
     * Writes what was typed.
     *
     * @return false where a value is wrong; its field says why
     */
    public boolean save() {
        if (!isOwn()) {
            return false;
        }
        try {
            DeviceProfile saved =
                    own.save(
                            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(draft) + "\n");
            refresh();
            select(saved);
            return true;
        } catch (DeviceProfileException e) {
            problem.set(words(e));
            return false;
        } catch (IOException e) {
            problem.set("It cannot be saved: " + e.getMessage());
            return false;
        }
    }

    /** Deletes the phone that is shown; {@link #undo} brings it back. */
    public void delete() {
        if (!isOwn()) {
            return;
        }
        DeviceProfile phone = selected.get();
        try {
            deletedJson = own.delete(phone.id());
            deleted.set(phone.name());
            refresh();
            select(phones.getFirst());
        } catch (IOException e) {
            problem.set("It cannot be deleted: " + e.getMessage());
        }
    }

    /** Brings back what was deleted last. */
    public void undo() {
        if (deletedJson == null) {
            return;
        }
        try {
            DeviceProfile back = own.save(deletedJson);
            deletedJson = null;
            deleted.set("");
            refresh();
            select(back);
        } catch (DeviceProfileException | IOException e) {
            problem.set(String.valueOf(e.getMessage()));
        }
    }

    /** Opens the pane on a phone, or on the one shown last. */
    public void open(Optional<DeviceProfile> phone) {
        select(phone.orElseGet(() -> selected.get() == null ? phones.getFirst() : selected.get()));
        shown.set(true);
    }

    /** Whether the phone that is shown is a person's own, so that it can be changed. */
    public boolean isOwn() {
        return selected.get() != null && isOwn(selected.get());
    }

    boolean isOwn(DeviceProfile phone) {
        return own.file(phone.id()).isPresent();
    }

    /** Who says a value, and whether it is estimated. */
    public JsonNode draft() {
        return draft;
    }

    /** All phones: those of the workbench, then a person's own. */
    public ObservableList<DeviceProfile> phones() {
        return phones;
    }

    /** The phone whose values are shown. */
    public ReadOnlyObjectProperty<DeviceProfile> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /** The values of {@link #selectedProperty}. */
    public Map<ProfileField, Field> fields() {
        return fields;
    }

    /** What went wrong; empty where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Name of the phone that was deleted last and can be brought back; empty for none. */
    public ReadOnlyStringProperty deletedProperty() {
        return deleted.getReadOnlyProperty();
    }

    /** Whether the pane is open. */
    public BooleanProperty shownProperty() {
        return shown;
    }
}
