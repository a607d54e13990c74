package io.pocketllm.run;

import io.pocketllm.device.DeviceCatalogue;
import io.pocketllm.device.UserProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A person's own phones, in the folder {@code devices} of the settings: a run file may name one by
 * its id, as it names those of the workbench. A run keeps a copy of the profile beside its run
 * file, so that it means the same however the profile is changed afterwards.
 */
public final class OwnPhones {

    private static final String COPY = "phone.json";

    private OwnPhones() {}

    /** The profiles themselves. */
    public static UserProfiles of(Folders folders) {
        return DeviceCatalogue.userProfiles(folders.settings().resolve("devices"));
    }

    /** The same run with the path of the profile where the run file names a person's own phone. */
    public static RunFile found(RunFile file, Folders folders) throws RunFileException {
        Optional<Path> profile = profile(file, folders);
        return profile.isPresent()
                ? file.with("device.profile", profile.get().toAbsolutePath().toString())
                : file;
    }

    /** {@link #found} with the profile copied into the run's folder. */
    static RunFile kept(RunFile file, Folders folders, RunFolder run)
            throws RunFileException, IOException {
        Optional<Path> profile = profile(file, folders);
        if (profile.isEmpty()) {
            return file;
        }
        Path copy = run.path().resolve(COPY);
        Files.copy(profile.get(), copy);
        return file.with("device.profile", copy.toAbsolutePath().toString());
    }

    private static Optional<Path> profile(RunFile file, Folders folders) {
        String word = file.spec().device().profile();
        return word.equals("none") ? Optional.empty() : of(folders).file(word);
    }
}
