package io.pocketllm.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * JSON that a person wrote: at most 1 MiB, comments allowed, no key twice, nothing behind its end.
 *
 * @param kind what the file is, for messages: "run file"
 * @param hint where to find a good one, for whoever names a file that is not there
 */
public record StrictJson(String kind, String hint) {

    private static final long MAX_BYTES = 1 << 20;

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build();

    /** Run files. */
    public static final StrictJson RUN_FILE =
            new StrictJson(
                    "run file",
                    "Check the path, or start from a ready-made one: pocketllm train sample:inbox-nurse");

    /**
     * The text of a file.
     *
     * @throws RunFileException where it is missing, too large or cannot be read
     */
    public String text(Path path) throws RunFileException {
        try {
            if (Files.isDirectory(path)) {
                throw new RunFileException(
                        path.toString(),
                        "",
                        "is a folder, not a " + kind,
                        "Name the " + kind.replace(" file", ".json") + " inside it.");
            }
            if (Files.size(path) > MAX_BYTES) {
                throw new RunFileException(
                        path.toString(),
                        "",
                        "is larger than 1 MiB, so it is no " + kind,
                        "Pass a JSON " + kind + "; the data and the model are named inside it.");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new RunFileException(path.toString(), "", "there is no such file", hint);
        } catch (IOException e) {
            throw new RunFileException(
                    path.toString(),
                    "",
                    "cannot be read (" + e.getMessage() + ")",
                    "Check that it is a UTF-8 text file you may read.");
        }
    }

    /**
     * The object that a text holds.
     *
     * @param source its name in messages
     */
    public ObjectNode object(String source, String text) throws RunFileException {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null
                            ? ""
                            : " at line "
                                    + e.getLocation().getLineNr()
                                    + ", column "
                                    + e.getLocation().getColumnNr();
            throw new RunFileException(
                    source,
                    "",
                    "is not valid JSON" + where + ": " + e.getOriginalMessage(),
                    "Mend that place.");
        }
        if (node == null || !node.isObject()) {
            throw new RunFileException(
                    source,
                    "",
                    "holds no JSON object",
                    "A " + kind + " is an object: { \"version\": 1, ... }");
        }
        return (ObjectNode) node;
    }

    /** A tree as text, indented. */
    public static String print(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree always prints", e);
        }
    }
}
