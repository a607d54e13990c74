package io.pocketllm.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Twenty-four messages, run files over them, and a home folder that all tests share so that the
 * default model is unpacked once.
 */
public final class SmallInbox {

    private static final List<String> MESSAGES =
            List.of(
                    "Can you take my shift on Sunday night?\treply now",
                    "Are we still meeting at the station at six?\treply now",
                    "Do you want the blue or the grey bicycle?\treply now",
                    "Will you bring the keys to the boat house?\treply now",
                    "An essay about tomato varieties for small balconies\tread later",
                    "How the old choir recorded its first mass\tread later",
                    "The long history of the night train in pictures\tread later",
                    "Notes on sharpening garden tools by hand\tread later",
                    "Half price on every sofa until midnight\tignore",
                    "You have won a voucher, click here now\tignore",
                    "New season, new shoes, free delivery today\tignore",
                    "Rate your last purchase and collect points\tignore");

    private SmallInbox() {}

    /** A home folder under the build's own folder; its cache outlives a test. */
    public static Path sharedHome() {
        return Path.of(System.getProperty("basedir", "."), "target", "test-home").toAbsolutePath();
    }

    /** Writes the data: twelve messages to learn from, six and six held out. */
    public static Path data(Path folder) throws IOException {
        Files.createDirectories(folder);
        write(folder.resolve("train.tsv"), MESSAGES);
        write(folder.resolve("validation.tsv"), everyOther(0));
        write(folder.resolve("test.tsv"), everyOther(1));
        return folder;
    }

    private static List<String> everyOther(int first) {
        return java.util.stream.IntStream.range(0, MESSAGES.size())
                .filter(i -> i % 2 == first)
                .mapToObj(i -> "Hello! " + MESSAGES.get(i))
                .toList();
    }

    private static void write(Path file, List<String> messages) throws IOException {
        Files.writeString(file, "text\tlabel\n" + String.join("\n", messages) + "\n");
    }

    /** A run file with nothing but what it needs, as text; {@code data.path} is {@code data}. */
    public static String json(String data, String space, int steps) {
        return """
        {
          "version": 1,
          "name": "Small run",
          "model": { "path": "builtin:all-MiniLM-L6-v2" },
          "data": { "path": "%s", "maxTokens": 32 },
          "objective": {
            "labels": {
              "reply now": "someone asks me a question",
              "read later": "an article about my hobbies",
              "ignore": "an advertisement"
            },
            "logitScale": 5
          },
          "method": { "space": "%s", "learningRate": 1e-4 },
          "training": { "steps": %d, "batchSize": 4, "evaluateEvery": 100000000 },
          "device": { "profile": "none", "threads": 1 },
          "seed": 11
        }
        """
                .formatted(data, space, steps);
    }

    /**
     * Writes data and a run file into {@code folder}.
     *
     * @param keysAndValues overrides: key, value, key, value
     */
    public static RunFile run(Path folder, String space, int steps, String... keysAndValues)
            throws IOException, RunFileException {
        data(folder.resolve("data"));
        Path file = folder.resolve("run.json");
        Files.writeString(file, json("data", space, steps));
        Map<String, String> changes = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            changes.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return RunFile.read(file).with(changes);
    }
}
