package io.pocketllm.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends events to {@code events.ndjson}, a whole line with each call, so that a process killed at
 * any moment leaves whole lines and at most one torn one at the end.
 */
public final class EventLog implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    /** Opens or makes the file; a torn line at its end is cut off, or the next would join it. */
    public EventLog(Path file) throws IOException {
        this.file = file;
        cutTornLine(file);
        channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND);
    }

    private static void cutTornLine(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (FileChannel log =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            long end = log.size();
            while (end > 0) {
                last.clear();
                log.read(last, end - 1);
                if (last.get(0) == '\n') {
                    break;
                }
                end--;
            }
            log.truncate(end);
        }
    }

    /**
     * Appends one line.
     *
     * @throws NoSuchFileException where the file was deleted or moved. Some systems would take the
     *     line all the same, and nobody would ever find it
     */
    public void append(Event event) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "it was deleted or moved");
        }
        ByteBuffer line =
                ByteBuffer.wrap((EventJson.line(event) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /**
     * Every whole event of a file, in order; a torn or unknown line is passed over. A missing file
     * holds none.
     */
    static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return events;
        }
        // A torn line may end inside a character: replace instead of refusing the whole file.
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(java.nio.charset.CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(java.nio.charset.CodingErrorAction.REPLACE);
        try (BufferedReader reader =
                new BufferedReader(
                        new java.io.InputStreamReader(Files.newInputStream(file), decoder))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                EventJson.parse(line).ifPresent(events::add);
            }
        }
        return events;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
