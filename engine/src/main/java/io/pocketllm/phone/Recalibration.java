package io.pocketllm.phone;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.DeviceProfile;
import io.pocketllm.device.DeviceProfileException;
import io.pocketllm.device.DeviceProfileWriter;
import io.pocketllm.device.UserProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
     * Saves the corrected profile. Where a person's own of that id has the same cores and memory,
     * that one gets the factor, and keeps whatever else was changed in it.
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
        DeviceProfile kept =
                own(profiles, id)
                        .filter(there -> hasSameRates(there, corrected))
                        .map(
                                there ->
                                        there.withStepTimeFactor(
                                                corrected.stepTimeFactor(),
                                                corrected.sources().get("stepTimeFactor")))
                        .orElse(corrected);
        return new Recalibration(
                profiles.save(DeviceProfileWriter.json(kept)),
                comparison.profile().stepTimeFactor(),
                before);
    }

    /**
     * An id to save under that loses nothing: the profile's own where it is free or is that of the
     * same cores and memory, else one made from it.
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

    /**
     * The profile a person keeps of the phone: the one that was corrected, where there is one.
     *
     * @param read as it was read from the phone
     */
    static Optional<DeviceProfile> ownOf(UserProfiles profiles, DeviceProfile read) {
        return own(profiles, read.id()).filter(there -> hasSameRates(there, read));
    }

    private static boolean isAnother(UserProfiles profiles, String id, DeviceProfile profile) {
        return profiles.file(id).isPresent()
                && own(profiles, id).filter(there -> hasSameRates(there, profile)).isEmpty();
    }

    /** Empty also where the file of that id is no profile: a person put it there. */
    private static Optional<DeviceProfile> own(UserProfiles profiles, String id) {
        Optional<Path> file = profiles.file(id);
        try {
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(DeviceCatalogue.read(file.get()));
        } catch (DeviceProfileException e) {
            return Optional.empty();
        }
    }

    /** Whether the clock reckons the same of both, but for the factor. */
    private static boolean hasSameRates(DeviceProfile a, DeviceProfile b) {
        return a.memoryBandwidthBytesPerSecond() == b.memoryBandwidthBytesPerSecond()
                && a.processKind() == b.processKind()
                && cores(a).equals(cores(b));
    }

    private static List<List<Object>> cores(DeviceProfile profile) {
        return profile.clusters().stream()
                .map(c -> List.<Object>of(c.count(), c.peakFlopsPerSecond(), c.little()))
                .toList();
    }

    private static PhoneException taken(String message, String hint) {
        return new PhoneException(PhoneException.Reason.REFUSED, message, hint);
    }
}
