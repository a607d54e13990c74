package io.pocketllm.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a {@link RunOverview}: run file, summary, and only the two ends of the events, so that
 * hundreds of long runs are listed in a second.
 */
final class OverviewReader {

    private static final int SHORT_HEAD_BYTES = 1 << 12;
    private static final int HEAD_BYTES = 1 << 16;
    private static final int TAIL_BYTES = 1 << 13;

    private static final String STARTED = "\"started\"";

    private RunFile file;
    private String problem = "";
    private Event.Started started;
    private Event end;
    private int step;
    private double loss = Double.NaN;
    private double accuracy = Double.NaN;
    private long peakRssBytes;
    private Event.Phone phone;
    private long elapsedMillis;

    private OverviewReader() {}

    /**
     * @param sweep the name of the sweep that the run is part of; empty for none
     */
    static RunOverview read(Path folder, String sweep) {
        OverviewReader reader = new OverviewReader();
        RunFolder run = new RunFolder(folder);
        try {
            reader.file = RunFile.read(run.runFile());
        } catch (RunFileException e) {
            reader.problem = e.getMessage() + ". " + e.hint();
        }
        try {
            reader.readEvents(run);
        } catch (IOException | RuntimeException e) {
            // Whatever is wrong with one folder, the others are listed.
            reader.problem =
                    reader.problem.isEmpty()
                            ? "Its events cannot be read: " + e.getMessage()
                            : reader.problem;
        }
        return new RunOverview(
                folder,
                sweep,
                RunNotes.read(folder),
                reader.file,
                reader.problem,
                reader.started,
                reader.end,
                reader.step,
                reader.loss,
                reader.accuracy,
                reader.peakRssBytes,
                reader.phone,
                reader.elapsedMillis);
    }

    private void readEvents(RunFolder run) throws IOException {
        if (Files.isRegularFile(run.events())) {
            try (FileChannel channel = FileChannel.open(run.events())) {
                // Memory readings come before the start: most lines of the head need no parsing,
                // and most heads are short.
                boolean more = true;
                for (int bytes = SHORT_HEAD_BYTES;
                        started == null && more && bytes <= HEAD_BYTES;
                        bytes *= 4) {
                    more = bytes < channel.size();
                    lines(channel, 0, bytes).stream()
                            .filter(line -> line.contains(STARTED))
                            .findFirst()
                            .flatMap(EventJson::parse)
                            .ifPresent(this::take);
                }
                readTail(lines(channel, Math.max(0, channel.size() - TAIL_BYTES), TAIL_BYTES));
            }
        }
        if (end == null && Files.isRegularFile(run.summary())) {
            EventJson.parse(Files.readString(run.summary()).strip()).ifPresent(this::take);
        }
    }

    /** A run that finished says everything in its last line; that saves most of the parsing. */
    private void readTail(List<String> tail) {
        Event last = tail.isEmpty() ? null : EventJson.parse(tail.getLast()).orElse(null);
        if (last instanceof Event.Finished e && e.loss() != null && e.accuracy() != null) {
            take(e);
        } else {
            tail.forEach(line -> EventJson.parse(line).ifPresent(this::take));
        }
    }

    /** Lines of a part of the file; torn ones at its two ends parse to nothing. */
    private static List<String> lines(FileChannel channel, long from, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, channel.size() - from));
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // Until the part is whole, or the file became shorter meanwhile.
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private void take(Event event) {
        end = event.isLast() ? event : end;
        elapsedMillis = event.elapsedMillis();
        switch (event) {
            case Event.Started e -> started = e;
            case Event.Step e -> step = e.step();
            case Event.Evaluated e -> {
                if (!e.split().equals("test")) {
                    loss = e.loss();
                    accuracy = e.accuracy();
                }
            }
            case Event.Killed e -> {
                step = e.step();
                peakRssBytes = e.rssBytes();
            }
            case Event.Diverged e -> {
                step = e.step();
                loss = Double.NaN;
            }
            case Event.Finished e -> {
                step = e.step();
                loss = e.loss() == null ? loss : e.loss();
                accuracy = e.accuracy() == null ? accuracy : e.accuracy();
                peakRssBytes = e.peakRssBytes();
            }
            case Event.Preparing e -> {}
            case Event.Reference e -> {}
            case Event.Memory e -> {}
            case Event.Phone e -> phone = e;
            case Event.Prediction e -> {}
            case Event.Paused e -> {}
            case Event.Resumed e -> {}
            case Event.Warning e -> {}
            case Event.Failed e -> {}
        }
    }
}
