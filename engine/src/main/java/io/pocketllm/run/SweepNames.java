package io.pocketllm.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells sweep folders from others, and reads their names without reading the sweeps. */
final class SweepNames {

    private static final String FILE = "sweep.json";

    private SweepNames() {}

    static boolean isSweep(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /** The sweep's own name; the folder's where there is none to be read. */
    static String of(Path folder) {
        String otherwise = folder.getFileName().toString();
        try (JsonParser parser =
                new JsonFactory()
                        .enable(JsonParser.Feature.ALLOW_COMMENTS)
                        .createParser(folder.resolve(FILE).toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return otherwise;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("name") && value == JsonToken.VALUE_STRING) {
                    String name = parser.getText().strip();
                    return name.isEmpty() ? otherwise : name;
                }
                parser.skipChildren();
            }
            return otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }
}
