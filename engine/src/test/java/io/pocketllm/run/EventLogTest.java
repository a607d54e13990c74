package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code events.ndjson} after whatever can happen to a file. */
@Timeout(20)
class EventLogTest {

    private static final List<Event> EVENTS = EventJsonTest.everyEvent();

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void writeEveryEvent() throws IOException {
        file = folder.resolve("events.ndjson");
        append(EVENTS);
    }

    private void append(List<Event> events) throws IOException {
        try (EventLog log = new EventLog(file)) {
            for (Event event : events) {
                log.append(event);
            }
        }
    }

    @Test
    void whatWasAppendedIsReadInOrder() throws IOException {
        assertThat(EventLog.read(file)).isEqualTo(EVENTS);
        assertThat(Files.readAllLines(file)).hasSameSizeAs(EVENTS);
    }

    @Test
    void aLogOpenedAgainGoesOn() throws IOException {
        append(EVENTS.subList(0, 2));

        assertThat(EventLog.read(file)).hasSize(EVENTS.size() + 2).startsWith(EVENTS.getFirst());
    }

    @Test
    void aLogWhoseFileIsGoneSaysSoInsteadOfWritingWhereNobodyLooks() throws IOException {
        try (EventLog log = new EventLog(file)) {
            Files.move(file, folder.resolve("elsewhere.ndjson"));
            assertThatThrownBy(() -> log.append(EVENTS.getFirst()))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("events.ndjson: it was deleted or moved");
            Files.move(folder.resolve("elsewhere.ndjson"), file);
            log.append(EVENTS.getFirst());
        }
        assertThat(EventLog.read(file)).hasSize(EVENTS.size() + 1);
    }

    @Test
    void everyWholeLineBeforeATornOneIsRead() throws IOException {
        Files.delete(file);
        append(EVENTS.subList(0, 4));
        byte[] whole = Files.readAllBytes(file);
        int lines = 0;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<Event> read = EventLog.read(file);
            // A line that lacks its end alone is whole, too.
            int complete = whole[length] == '\n' ? lines + 1 : lines;
            assertThat(read).as("%d bytes", length).isEqualTo(EVENTS.subList(0, complete));
            lines = whole[length] == '\n' ? lines + 1 : lines;
        }
    }

    @Test
    void foreignBytesBetweenLinesArePassedOver() throws IOException {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        Files.write(file, noise, StandardOpenOption.APPEND);
        Files.write(
                file,
                new byte[] {'\n', (byte) 0xc3, '\n', 0, '\r', '\n'},
                StandardOpenOption.APPEND);
        append(EVENTS);

        assertThat(EventLog.read(file))
                .hasSize(2 * EVENTS.size())
                .startsWith(EVENTS.getFirst())
                .endsWith(EVENTS.getLast());
    }

    @Test
    void anEmptyAMissingAndAFolderOfThatNameHoldNoEvents() throws IOException {
        Files.write(file, new byte[0]);

        assertThat(EventLog.read(file)).isEmpty();
        assertThat(EventLog.read(folder.resolve("none"))).isEmpty();
        assertThat(EventLog.read(folder)).isEmpty();
    }
}
