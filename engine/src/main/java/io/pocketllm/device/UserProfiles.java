package io.pocketllm.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A person's own profiles: the {@code *.json} files of one folder, each named after its id. What is
 * written here has been read first: a file of this folder is valid or was put there by hand.
 */
public final class UserProfiles {

    private final Path folder;

    UserProfiles(Path folder) {
        this.folder = folder;
    }

    /**
     * What a folder holds.
     *
     * @param profiles the profiles that can be used, by file name
     * @param problems why the others cannot
     */
    public record Found(List<DeviceProfile> profiles, List<DeviceProfileException> problems) {}

    /** Where the profiles are; it need not exist yet. */
    public Path folder() {
        return folder;
    }

    /** Reads the folder. No folder is no profiles. */
    public Found found() throws IOException {
        List<DeviceProfile> profiles = new ArrayList<>();
        List<DeviceProfileException> problems = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(UserProfiles::isProfile).sorted().toList()) {
                    try {
                        profiles.add(DeviceCatalogue.read(file));
                    } catch (DeviceProfileException e) {
                        problems.add(e);
                    }
                }
            }
        }
        return new Found(List.copyOf(profiles), List.copyOf(problems));
    }

    /** The file of a person's own phone; empty where the word is no id of one. */
    public Optional<Path> file(String id) {
        return id.matches("[a-z0-9-]+") && Files.isRegularFile(fileOf(id))
                ? Optional.of(fileOf(id))
                : Optional.empty();
    }

    /**
     * A phone by its id, a person's own before one of the workbench, or the profile in a file.
     *
     * @throws DeviceProfileException as {@link DeviceCatalogue#find}
     */
    public DeviceProfile find(String idOrPath) throws DeviceProfileException {
        Optional<Path> own = file(idOrPath);
        return own.isPresent() ? DeviceCatalogue.read(own.get()) : DeviceCatalogue.find(idOrPath);
    }

    /**
     * Writes a copy of a phone under a new id, for a person to change.
     *
     * @param idOrPath the phone to start from
     * @param newId id and file name of the copy
     * @throws DeviceProfileException where the phone is not known, or the id is taken or no id
     */
    public DeviceProfile duplicate(String idOrPath, String newId)
            throws DeviceProfileException, IOException {
        DeviceProfile copy = find(idOrPath).withId(newId);
        // Checked before a path is made of it: an id with slashes is refused by the reader.
        DeviceProfile valid = validated(DeviceProfileWriter.json(copy), newId);
        boolean builtin = DeviceCatalogue.builtin().stream().anyMatch(p -> p.id().equals(newId));
        if (builtin || Files.exists(fileOf(newId))) {
            throw new DeviceProfileException(
                    newId, "id", "is taken", "Choose an id that no phone has yet.");
        }
        write(valid.id(), DeviceProfileWriter.json(valid));
        return valid;
    }

    /**
     * Checks a profile and writes it to the file of its id, replacing what was there. Nothing is
     * written where it is refused, and a reader sees the old file or the new one, never a half.
     *
     * @param json the profile
     * @throws DeviceProfileException where it cannot be used
     */
    public DeviceProfile save(String json) throws DeviceProfileException, IOException {
        DeviceProfile profile = validated(json, "profile");
        write(profile.id(), json);
        return profile;
    }

    /**
     * Checks a profile and writes nothing.
     *
     * @throws DeviceProfileException where it cannot be used
     */
    public DeviceProfile check(String json) throws DeviceProfileException {
        return validated(json, "profile");
    }

    /**
     * Deletes a person's own profile.
     *
     * @return what its file held: {@link #save} brings it back
     */
    public String delete(String id) throws IOException {
        Path file = file(id).orElseThrow(() -> new IOException(id + " is no profile of yours"));
        String json = Files.readString(file);
        Files.delete(file);
        return json;
    }

    private static DeviceProfile validated(String json, String name) throws DeviceProfileException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > DeviceCatalogue.MAX_BYTES) {
            throw new DeviceProfileException(
                    name, "", "is larger than 1 MiB", "A profile takes a few KiB.");
        }
        return DeviceProfileReader.read(name, bytes);
    }

    private void write(String id, String json) throws IOException {
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, id, ".partial");
        try {
            Files.writeString(partial, json);
            Files.move(
                    partial,
                    fileOf(id),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private Path fileOf(String id) {
        return folder.resolve(id + ".json");
    }

    private static boolean isProfile(Path file) {
        return file.getFileName().toString().endsWith(".json") && Files.isRegularFile(file);
    }
}
