package io.pocketllm.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The resident set from {@code /proc/PID/statm} (proc(5)): the second number, in pages. The file
 * stays open, and an open file stays with its process even when the id is given to another.
 */
final class ProcStatm implements AutoCloseable {

    private final Path file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256);
    private FileChannel channel;
    private long pageBytes;

    ProcStatm(Path file) {
        this.file = file;
    }

    /** Bytes; 0 where the process has ended or may not be read. */
    long residentBytes() {
        try {
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.READ);
                pageBytes = NativeLinux.pageBytes();
            }
            buffer.clear();
            int length = channel.read(buffer, 0);
            return Math.max(0, secondNumber(buffer, length)) * pageBytes;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The second of the numbers that are parted by blanks; 0 where there is none. */
    static long secondNumber(ByteBuffer text, int length) {
        int i = 0;
        while (i < length && text.get(i) != ' ') {
            i++;
        }
        long number = 0;
        for (i++; i < length && text.get(i) >= '0' && text.get(i) <= '9'; i++) {
            number = number * 10 + (text.get(i) - '0');
        }
        return number;
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // A file under /proc that was only read: nothing is lost.
        }
    }
}
