package io.pocketllm.app.chart;

import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the events a run left in its folder. */
public final class EventFile {

    private EventFile() {}

    /**
     * Hands on every event in order; passes over a torn last line and kinds this version does not
     * know.
     */
    public static void read(Path events, Consumer<Event> to) throws IOException {
        // Not Files.newBufferedReader: a torn line may end inside a character, which that refuses.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(events), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                EventJson.parse(line).ifPresent(to);
            }
        }
    }
}
