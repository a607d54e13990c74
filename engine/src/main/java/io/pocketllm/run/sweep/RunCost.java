package io.pocketllm.run.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run took, over all workers that it had. Reads the stream by its numbers alone, which is
 * many times faster than parsing each event.
 *
 * @param elapsedMillis time of all its workers together
 * @param peakRssBytes the most memory it held; 0 where nothing was read
 */
record RunCost(long elapsedMillis, long peakRssBytes) {

    private static final Pattern ELAPSED = Pattern.compile("\"elapsedMillis\":(\\d{1,15})");
    private static final Pattern RSS = Pattern.compile("\"(?:rss|peakRss)Bytes\":(\\d{1,18})");

    /**
     * @param events an {@code events.ndjson}; a missing one costs nothing
     */
    static RunCost of(Path events) throws IOException {
        if (!Files.isRegularFile(events)) {
            return new RunCost(0, 0);
        }
        long before = 0;
        long last = 0;
        long peak = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(events), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long elapsed = number(ELAPSED, line, last);
                // Each worker counts from its own start. The two writers of one stream may be a few
                // milliseconds apart, which is no new start.
                if (elapsed < last / 2) {
                    before += last;
                }
                last = elapsed;
                peak = Math.max(peak, number(RSS, line, 0));
            }
        }
        return new RunCost(before + last, peak);
    }

    private static long number(Pattern pattern, String line, long otherwise) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : otherwise;
    }
}
