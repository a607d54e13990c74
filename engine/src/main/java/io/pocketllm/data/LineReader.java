package io.pocketllm.data;

import io.pocketllm.data.BadLineException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines of UTF-8 text, numbered from 1, in memory one at a time and never more than the cap. A mark
 * of byte order before the first is passed over, and so is a carriage return at a line's end.
 */
final class LineReader {

    private final InputStream in;
    private final int maxLineBytes;

    // A buffer of our own: a BufferedInputStream takes a lock for each byte.
    private final byte[] buffer = new byte[1 << 16];
    private int buffered;
    private int at;
    private byte[] line = new byte[1024];
    private long number;
    private boolean insideLongLine;

    LineReader(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** The line last given or refused. */
    long number() {
        return number;
    }

    /**
     * The next line, or null at the end.
     *
     * @throws BadLineException where it is too long or no UTF-8; the next call goes on behind it
     */
    String next() throws IOException, BadLineException {
        int next = 0;
        if (insideLongLine) {
            do {
                next = read();
            } while (next >= 0 && next != '\n');
            insideLongLine = false;
        }
        int length = 0;
        while (next >= 0 && (next = read()) >= 0 && next != '\n') {
            if (length == maxLineBytes) {
                number++;
                insideLongLine = true;
                throw new BadLineException(
                        number,
                        Reason.TOO_LONG,
                        "is longer than " + maxLineBytes / 1024 + " KiB",
                        "Split the text, or check that the lines of this file end with a line feed.");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) next;
        }
        if (next < 0 && length == 0) {
            return null;
        }
        number++;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return decode(length);
    }

    private int read() throws IOException {
        if (at == buffered) {
            buffered = in.read(buffer, 0, buffer.length);
            at = 0;
            if (buffered <= 0) {
                buffered = 0;
                return -1;
            }
        }
        return buffer[at++] & 0xFF;
    }

    private String decode(int length) throws BadLineException {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(line, 0, length))
                            .toString();
            return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadLineException(
                    number, Reason.NOT_UTF8, "is not valid UTF-8", "Save the file as UTF-8.");
        }
    }
}
