package io.pocketllm.app.phones;

import io.pocketllm.app.chart.RunSeries;
import io.pocketllm.phone.RunMeasurements;
import io.pocketllm.run.Event;
import io.pocketllm.run.EventJson;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run folder that is read as it grows: each time only what is new. What was read is for the
 * window's thread, the reading for another.
 */
final class BesideTail {

    private final Path folder;
    private final RunSeries series = new RunSeries();
    private final RunMeasurements measurements = new RunMeasurements();
    private RunFile file;
    private long readBytes;
    private boolean ended;

    BesideTail(Path folder) {
        this.folder = folder;
    }

    /**
     * What one look found.
     *
     * @param file the run file, as it was read by the first look
     * @param events whole lines that are new
     * @param bytes where the next look begins
     */
    record Found(RunFile file, List<Event> events, long bytes) {}

    /** Looks, in the background; {@link #take} what it gives before the next look. */
    Found look() throws RunFileException, IOException {
        RunFolder run = RunFolder.existing(folder);
        RunFile known = file == null ? RunFile.read(run.runFile()) : file;
        List<Event> events = new ArrayList<>();
        long bytes = readBytes;
        if (Files.isRegularFile(run.events())) {
            byte[] text;
            try (InputStream in = Files.newInputStream(run.events())) {
                in.skipNBytes(Math.min(bytes, Files.size(run.events())));
                text = in.readAllBytes();
            }
            int begin = 0;
            for (int i = 0; i < text.length; i++) {
                // A line that is still being written is read by the next look.
                if (text[i] == '\n') {
                    EventJson.parse(new String(text, begin, i - begin, StandardCharsets.UTF_8))
                            .ifPresent(events::add);
                    begin = i + 1;
                }
            }
            bytes += begin;
        }
        return new Found(known, events, bytes);
    }

    /**
     * Takes in what was found, on the window's thread.
     *
     * @return whether that is anything new
     */
    boolean take(Found found) {
        boolean news = file == null || !found.events().isEmpty();
        file = found.file();
        readBytes = found.bytes();
        for (Event event : found.events()) {
            series.accept(event);
            measurements.accept(event);
            // A run that is resumed goes on behind its end.
            ended = event.isLast();
        }
        return news;
    }

    Path folder() {
        return folder;
    }

    /** Null before the first look. */
    RunFile file() {
        return file;
    }

    RunSeries series() {
        return series;
    }

    RunMeasurements measurements() {
        return measurements;
    }

    /** Whether its last event was the end of the run. */
    boolean hasEnded() {
        return ended;
    }
}
