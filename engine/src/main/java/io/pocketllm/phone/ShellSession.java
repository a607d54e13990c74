package io.pocketllm.phone;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A command on a phone under adb's shell protocol 2: packets of one byte of kind, four bytes of
 * length, little-endian, and data. A stream that ends without an exit packet is a lost link, never
 * a success.
 */
final class ShellSession implements Closeable {

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int EXIT = 3;
    private static final int CLOSE_STDIN = 4;

    private static final int HEAD = 5;
    private static final int MOST_ERROR_BYTES = 64 << 10;
    private static final int LONGEST_PACKET = 16 << 20;

    private final AdbConnection connection;
    private final OutputStream out;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int exitCode = -1;

    /**
     * @param out receives standard output as it comes
     */
    ShellSession(AdbConnection connection, OutputStream out) {
        this.connection = connection;
        this.out = out;
    }

    /** Sends standard input; false where the command has ended meanwhile. */
    boolean send(byte[] data, int length) throws PhoneException {
        while (exitCode < 0 && connection.hasInput()) {
            readPacket();
        }
        if (exitCode >= 0) {
            return false;
        }
        byte[] packet =
                ByteBuffer.allocate(HEAD + length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) STDIN)
                        .putInt(length)
                        .put(data, 0, length)
                        .array();
        connection.write(packet, packet.length);
        return true;
    }

    /** No more standard input. */
    void closeInput() throws PhoneException {
        if (exitCode < 0) {
            connection.write(new byte[] {CLOSE_STDIN, 0, 0, 0, 0}, HEAD);
        }
    }

    /** Reads to the end and gives the exit code. */
    int await() throws PhoneException {
        while (exitCode < 0) {
            readPacket();
        }
        return exitCode;
    }

    private void readPacket() throws PhoneException {
        ByteBuffer head =
                ByteBuffer.wrap(connection.readFully(HEAD)).order(ByteOrder.LITTLE_ENDIAN);
        int kind = head.get();
        int length = head.getInt();
        if (length < 0 || length > LONGEST_PACKET) {
            throw new PhoneException(
                    PhoneException.Reason.REFUSED,
                    "The phone answered with a packet of "
                            + Integer.toUnsignedString(length)
                            + " bytes.",
                    "Update Android's platform-tools and try again.");
        }
        byte[] data = connection.readFully(length);
        switch (kind) {
            case STDOUT -> {
                try {
                    out.write(data);
                } catch (IOException e) {
                    throw new PhoneException(
                            PhoneException.Reason.REFUSED,
                            "What the phone sent cannot be kept: " + e.getMessage(),
                            "Check this computer's free space.");
                }
            }
            case STDERR -> err.write(data, 0, Math.min(length, MOST_ERROR_BYTES - err.size()));
            case EXIT -> exitCode = length > 0 ? data[0] & 0xff : 0;
            default -> {
                // A kind of a later protocol.
            }
        }
    }

    /** What came on standard error so far. */
    String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
    }
}
