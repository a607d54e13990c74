package io.pocketllm.phone;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.DeviceProfileWriter;
import io.pocketllm.device.UserProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A profile that was corrected by measured steps and is now one of a person's own.
 *
 * @param profile as it was saved
 * @param oldFactor the factor it had in the simulated run
 * @param before what the file of that id held before; empty where there was none
 */
public record Recalibration(DeviceProfile profile, double oldFactor, Optional<String> before) {

    /**
     * Saves the corrected profile.
     *
     * @param id under which it is kept; a profile of the workbench is never changed
     * @param replace whether an own profile of that id is replaced
     * @throws PhoneException where the comparison does not allow it, or the id is taken
     * @throws DeviceProfileException where it is no id
     */
    public static Recalibration save(
            UserProfiles profiles, RunComparison comparison, String id, boolean replace)
            throws DeviceProfileException, IOException {
        DeviceProfile corrected = comparison.recalibrated().withId(id);
        if (isBuiltin(id)) {
            throw taken(
                    "\"" + id + "\" is a phone of the workbench, which is never changed.",
                    "Choose an id of your own, such as " + corrected.id() + "-measured.");
        }
        Optional<Path> file = profiles.file(id);
        if (file.isPresent() && !replace) {
            throw taken(
                    "You have a phone \"" + id + "\" already.",
                    "Choose another id, or say that it is to be replaced (--replace).");
        }
        Optional<String> before =
                file.isPresent() ? Optional.of(Files.readString(file.get())) : Optional.empty();
        return new Recalibration(
                profiles.save(DeviceProfileWriter.json(corrected)),
                comparison.profile().stepTimeFactor(),
                before);
    }

    /**
     * An id to save under that loses nothing: the profile's own where it is free or its file says
     * the same but for the factor, else one made from it.
     */
    public static String idFor(UserProfiles profiles, DeviceProfile profile) {
        String id = profile.id();
        for (int n = 1; isBuiltin(id) || isAnother(profiles, id, profile); n++) {
            String end = n == 1 ? "-measured" : "-measured-" + n;
            // An id has 64 characters at most.
            String start = profile.id().substring(0, Math.min(profile.id().length(), 50));
            id = start.replaceAll("-+$", "") + end;
        }
        return id;
    }

    /** Takes it back: the file is as it was before. */
    public void undo(UserProfiles profiles) throws DeviceProfileException, IOException {
        if (before.isPresent()) {
            profiles.save(before.get());
        } else {
            profiles.delete(profile.id());
        }
    }

    private static boolean isBuiltin(String id) {
        return DeviceCatalogue.builtin().stream().anyMatch(phone -> phone.id().equals(id));
    }

    private static boolean isAnother(UserProfiles profiles, String id, DeviceProfile profile) {
        Optional<Path> file = profiles.file(id);
        if (file.isEmpty()) {
            return false;
        }
        try {
            DeviceProfile there = DeviceCatalogue.read(file.get());
            return !butFactor(there.withId(profile.id())).equals(butFactor(profile));
        } catch (DeviceProfileException e) {
            // A file that a person put there, whatever it is.
            return true;
        }
    }

    private static DeviceProfile butFactor(DeviceProfile profile) {
        return profile.withStepTimeFactor(1, "");
    }

    private static PhoneException taken(String message, String hint) {
        return new PhoneException(PhoneException.Reason.REFUSED, message, hint);
    }
}
