package io.pocketllm.app.phones;

import io.pocketllm.app.dialog.Dialogs;
import io.pocketllm.app.task.Tasks;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.phone.Cancellation;
import io.pocketllm.phone.PhoneException;
import io.pocketllm.phone.PhoneProfile;
import io.pocketllm.phone.PhoneReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What one phone tells about itself, and a profile made of it. */
public final class ReadingViewModel {

    private final String serial;
    private final PhoneEngine engine;
    private final Tasks tasks;
    private final Dialogs dialogs;
    private final OwnProfiles profiles;
    private final ReadOnlyObjectWrapper<PhoneReading> reading = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Trouble> trouble =
            new ReadOnlyObjectWrapper<>(Trouble.NONE);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper profileId = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper profileTold = new ReadOnlyStringWrapper("");
    private Cancellation cancellation;
    private boolean asked;

    ReadingViewModel(String serial, PhoneSurroundings around) {
        this.serial = serial;
        this.engine = around.engine();
        this.tasks = around.tasks().patient();
        this.dialogs = around.dialogs();
        this.profiles = around.profiles();
    }

    /** Reads the phone, unless that was done or tried before. */
    void readOnce() {
        if (!asked) {
            read();
        }
    }

    /** Reads the phone anew. */
    public void read() {
        if (busy.get()) {
            return;
        }
        asked = true;
        busy.set(true);
        trouble.set(Trouble.NONE);
        Cancellation mine = new Cancellation();
        cancellation = mine;
        tasks.run(
                () -> engine.read(serial, mine),
                found -> {
                    busy.set(false);
                    reading.set(found);
                },
                problem -> {
                    busy.set(false);
                    // Taken up again by itself when the phone is back.
                    asked = !(problem instanceof PhoneException e && e.mayPass());
                    trouble.set(
                            Trouble.isCancelled(problem)
                                    ? new Trouble("Reading was cancelled.", "")
                                    : Trouble.of(problem));
                });
    }

    /** Stops reading. */
    public void cancel() {
        if (cancellation != null) {
            cancellation.cancel();
        }
    }

    /** Saves what was read as a profile of the person's own; asks before another is replaced. */
    public void saveProfile() {
        PhoneReading read = reading.get();
        if (read == null) {
            return;
        }
        try {
            String json = PhoneProfile.json(read);
            String id = PhoneProfile.id(read);
            Optional<Path> there = profiles.folder().file(id);
            if (there.isPresent() && !mayReplace(id, there.get(), json)) {
                profileTold.set("Left as it is: " + id + ".");
                profileId.set(id);
                return;
            }
            profiles.folder().save(json);
            profiles.changed().run();
            profileId.set(id);
            profileTold.set("Saved as " + id + ", one of your own profiles.");
        } catch (PhoneException e) {
            profileTold.set("No profile: " + Trouble.of(e).text());
        } catch (DeviceProfileException e) {
            profileTold.set("No profile: " + e.getMessage());
        } catch (IOException e) {
            profileTold.set("The profile cannot be saved: " + e.getMessage());
        }
    }

    private boolean mayReplace(String id, Path there, String json) throws IOException {
        return Files.readString(there).equals(json)
                || dialogs.confirm(
                        "Replace the profile " + id + "?",
                        "There is a profile of your own with that name, and it differs from what"
                                + " the phone told now. What was changed in it by hand is lost.",
                        "Replace it",
                        "Keep it");
    }

    /** What the phone told; null before it was read. */
    public ReadOnlyObjectProperty<PhoneReading> readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** Why it could not be read. */
    public ReadOnlyObjectProperty<Trouble> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** True while it is read. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Id of the profile that was made of it; empty before. */
    public ReadOnlyStringProperty profileIdProperty() {
        return profileId.getReadOnlyProperty();
    }

    /** What became of the profile; empty before one was asked for. */
    public ReadOnlyStringProperty profileToldProperty() {
        return profileTold.getReadOnlyProperty();
    }
}
