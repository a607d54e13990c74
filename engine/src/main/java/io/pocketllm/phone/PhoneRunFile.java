package io.pocketllm.phone;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code phone-run.json} of a run folder: where the run really lives, so that it can be followed
 * again after this program was closed.
 *
 * @param serial the phone
 * @param folder the run's folder below ours
 * @param eventBytes bytes of its events that are here already
 * @param budgetBytes memory limit; 0 where there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PhoneRunFile(String serial, String folder, long eventBytes, long budgetBytes) {

    private static final JsonMapper JSON = new JsonMapper();

    static Path in(RunFolder folder) {
        return folder.path().resolve("phone-run.json");
    }

    static PhoneRunFile read(RunFolder folder) throws IOException {
        try {
            PhoneRunFile file = JSON.readValue(in(folder).toFile(), PhoneRunFile.class);
            PhonePaths.absolute(String.valueOf(file.folder));
            return file;
        } catch (IOException e) {
            throw new PhoneException(
                    PhoneException.Reason.REFUSED,
                    folder.path() + " is no run on a phone.",
                    "Name the folder of a run that \"pocketllm phones run\" started.");
        }
    }

    /** The same run on a phone that adb calls by another name now. */
    PhoneRunFile on(String newSerial) {
        return new PhoneRunFile(newSerial, folder, eventBytes, budgetBytes);
    }

    void write(RunFolder folder) throws IOException {
        Path partial = Files.createTempFile(folder.path(), ".phone-run", ".partial");
        JSON.writeValue(partial.toFile(), this);
        Files.move(
                partial,
                in(folder),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
