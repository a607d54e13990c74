package io.pocketllm.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * What a person wrote about a run: {@code notes.json} in its folder. Nothing that decides a result.
 *
 * @param name a name that takes the place of the run file's; empty for none
 * @param tag a word to find it by; empty for none
 * @param note free text; empty for none
 * @param archived whether it is kept out of sight
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunNotes(String name, String tag, String note, boolean archived) {

    /** Nothing written. */
    public static final RunNotes NONE = new RunNotes("", "", "", false);

    private static final long MAX_BYTES = 1 << 16;

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Missing texts are empty ones. */
    public RunNotes {
        name = Objects.requireNonNullElse(name, "").strip();
        tag = Objects.requireNonNullElse(tag, "").strip();
        note = Objects.requireNonNullElse(note, "").strip();
    }

    /** The same words, kept out of sight or not. */
    public RunNotes archived(boolean now) {
        return new RunNotes(name, tag, note, now);
    }

    /** Other words for the same run. */
    public RunNotes worded(String newName, String newTag, String newNote) {
        return new RunNotes(newName, newTag, newNote, archived);
    }

    /** The notes of a run folder; none where the file is missing, too large or damaged. */
    static RunNotes read(Path folder) {
        Path file = file(folder);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? Objects.requireNonNullElse(
                            MAPPER.readValue(file.toFile(), RunNotes.class), NONE)
                    : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Writes them whole or not at all. */
    void write(Path folder) throws IOException {
        Path partial = folder.resolve("notes.json.partial");
        Files.writeString(
                partial,
                MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n",
                StandardCharsets.UTF_8);
        Files.move(partial, file(folder), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path file(Path folder) {
        return folder.resolve("notes.json");
    }
}
