package io.pocketllm.device;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The phones that come with the workbench, and a person's own profile files. */
public final class DeviceCatalogue {

    /** A profile file is read up to this size, bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final String FOLDER = "/io/pocketllm/device-profiles/";

    private DeviceCatalogue() {}

    /**
     * The phones that come with the workbench, in the order of the index; the first is the default.
     * They are read once.
     */
    public static List<DeviceProfile> builtin() {
        return Builtin.ALL;
    }

    /**
     * A person's own phones.
     *
     * @param folder where they are kept, {@code devices} in the settings folder; need not exist
     */
    public static UserProfiles userProfiles(Path folder) {
        return new UserProfiles(folder);
    }

    /**
     * A phone by its id, or the profile in a file.
     *
     * @param idOrPath an id of {@link #builtin}, or the path of a JSON file. What has a slash in
     *     it, ends in {@code .json} or exists as a file is a path, unless it is a known id
     * @throws DeviceProfileException where the id is not known (the message lists those that are),
     *     the file cannot be read, or what it says cannot be used
     */
    public static DeviceProfile find(String idOrPath) throws DeviceProfileException {
        for (DeviceProfile profile : builtin()) {
            if (profile.id().equals(idOrPath)) {
                return profile;
            }
        }
        Path path = pathOf(idOrPath);
        if (path != null) {
            return read(path);
        }
        List<String> ids = builtin().stream().map(DeviceProfile::id).toList();
        throw new DeviceProfileException(
                idOrPath,
                "",
                "is not the id of a phone",
                SimilarWord.question(idOrPath, ids)
                        + "Known: "
                        + String.join(", ", ids)
                        + "; or give the path of a profile file.");
    }

    /**
     * The profile in a file of at most 1 MiB.
     *
     * @throws DeviceProfileException where the file cannot be read or what it says cannot be used
     */
    public static DeviceProfile read(Path file) throws DeviceProfileException {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw new DeviceProfileException(
                    name, "", "does not exist", "Check the path, or give the id of a phone.");
        }
        if (!Files.isRegularFile(file)) {
            throw new DeviceProfileException(
                    name, "", "is not a file", "Give the path of one JSON file.");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new DeviceProfileException(
                    name,
                    "",
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "Check that you may read it.");
        }
        if (bytes.length > MAX_BYTES) {
            throw new DeviceProfileException(
                    name,
                    "",
                    "is larger than 1 MiB",
                    "A profile takes a few KiB; give the path of one.");
        }
        return DeviceProfileReader.read(name, bytes);
    }

    /** The path meant, or null for something that can only be an id. */
    private static Path pathOf(String idOrPath) throws DeviceProfileException {
        try {
            Path path = Path.of(idOrPath);
            boolean looksLikePath =
                    idOrPath.contains("/") || idOrPath.contains("\\") || idOrPath.endsWith(".json");
            boolean isFile = !idOrPath.isEmpty() && Files.isRegularFile(path);
            return looksLikePath || isFile ? path : null;
        } catch (InvalidPathException e) {
            throw new DeviceProfileException(
                    idOrPath.replaceAll("\\p{Cntrl}", "?"),
                    "",
                    "is neither an id nor a path",
                    "Give the id of a phone or the path of a profile file.");
        }
    }

    /** Read when first asked for. */
    private static final class Builtin {
        static final List<DeviceProfile> ALL = load();

        private static List<DeviceProfile> load() {
            try {
                List<DeviceProfile> profiles = new ArrayList<>();
                for (String id :
                        new ObjectMapper().readValue(resource("index.json"), String[].class)) {
                    profiles.add(DeviceProfileReader.read(id + ".json", resource(id + ".json")));
                }
                return List.copyOf(profiles);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (DeviceProfileException e) {
                throw new IllegalStateException("a profile of the workbench is broken", e);
            }
        }

        private static byte[] resource(String name) throws IOException {
            try (InputStream in = DeviceCatalogue.class.getResourceAsStream(FOLDER + name)) {
                if (in == null) {
                    throw new FileNotFoundException(
                            FOLDER + name + " is not in the device-profiles jar");
                }
                return in.readAllBytes();
            }
        }
    }
}
