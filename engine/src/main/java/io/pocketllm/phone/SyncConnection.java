package io.pocketllm.phone;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * adb's {@code sync:} service: single files, sent, fetched and looked at. Four letters, a
 * little-endian length, data; at most 64 KiB of a file in one packet.
 */
final class SyncConnection implements Closeable {

    private static final int LONGEST_DATA = 64 << 10;
    private static final int REGULAR_FILE = 0100000;
    private static final int FILE_TYPE = 0170000;

    private final AdbConnection connection;
    private final boolean statV2;

    /**
     * A file on the phone.
     *
     * @param regular true for a plain file
     */
    record Stat(boolean regular, long sizeBytes) {}

    SyncConnection(AdbConnection connection, boolean statV2) {
        this.connection = connection;
        this.statV2 = statV2;
    }

    /** The file at that path; empty where there is none. */
    Optional<Stat> stat(String path) throws PhoneException {
        request(statV2 ? "STA2" : "STAT", path.getBytes(StandardCharsets.UTF_8));
        // Version 2: id, error, dev (8), ino (8), mode, nlink, uid, gid, size (8), three times (8).
        ByteBuffer answer = little(connection.readFully(statV2 ? 72 : 16));
        int error = statV2 ? answer.getInt(4) : 0;
        int mode = answer.getInt(statV2 ? 24 : 4);
        long size = statV2 ? answer.getLong(40) : Integer.toUnsignedLong(answer.getInt(8));
        return error != 0 || mode == 0
                ? Optional.empty()
                : Optional.of(new Stat((mode & FILE_TYPE) == REGULAR_FILE, size));
    }

    /**
     * Sends a file. A phone that loses the link in the middle deletes what it had got.
     *
     * @param permissions such as 0644
     * @param progress told the bytes sent so far
     */
    void push(InputStream content, String path, int permissions, LongConsumer progress)
            throws IOException {
        String target = path + "," + (REGULAR_FILE | permissions);
        request("SEND", target.getBytes(StandardCharsets.UTF_8));
        byte[] buffer = new byte[LONGEST_DATA];
        long sent = 0;
        for (int n = content.readNBytes(buffer, 0, LONGEST_DATA);
                n > 0;
                n = content.readNBytes(buffer, 0, LONGEST_DATA)) {
            if (connection.hasInput()) {
                // Nothing is answered before DONE but a refusal.
                break;
            }
            request("DATA", n == LONGEST_DATA ? buffer : Arrays.copyOf(buffer, n));
            sent += n;
            progress.accept(sent);
        }
        ByteBuffer done = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        done.put("DONE".getBytes(StandardCharsets.US_ASCII));
        done.putInt((int) (System.currentTimeMillis() / 1000));
        connection.write(done.array(), 8);
        byte[] head = connection.readFully(8);
        String id = id(head);
        if (!id.equals("OKAY")) {
            throw refused(path, id, little(head).getInt(4));
        }
    }

    /** Fetches a file; gives its size. */
    long pull(String path, OutputStream to, LongConsumer progress) throws IOException {
        request("RECV", path.getBytes(StandardCharsets.UTF_8));
        long received = 0;
        while (true) {
            byte[] head = connection.readFully(8);
            int length = little(head).getInt(4);
            switch (id(head)) {
                case "DATA" -> {
                    if (length < 0 || length > LONGEST_DATA) {
                        throw refused(path, "DATA of " + length + " bytes", 0);
                    }
                    to.write(connection.readFully(length));
                    received += length;
                    progress.accept(received);
                }
                case "DONE" -> {
                    return received;
                }
                default -> throw refused(path, id(head), length);
            }
        }
    }

    private PhoneException refused(String path, String id, int length) throws PhoneException {
        boolean told = id.equals("FAIL") && length >= 0 && length <= LONGEST_DATA;
        String text =
                told
                        ? new String(connection.readFully(length), StandardCharsets.UTF_8)
                        : "an answer that is not understood: " + id;
        if (text.contains("No space left")) {
            return new PhoneException(
                    PhoneException.Reason.NO_ROOM,
                    "The phone's storage is full: " + path + " did not fit.",
                    "Make room on the phone, or clean up what was sent before (pocketllm phones clean).");
        }
        return new PhoneException(
                PhoneException.Reason.REFUSED,
                path + ": the phone said: " + text,
                "Check the path; files of the workbench belong under " + PhonePaths.BASE + ".");
    }

    private void request(String id, byte[] data) throws PhoneException {
        ByteBuffer packet = ByteBuffer.allocate(8 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        packet.put(id.getBytes(StandardCharsets.US_ASCII)).putInt(data.length).put(data);
        connection.write(packet.array(), packet.capacity());
    }

    private static String id(byte[] head) {
        return new String(head, 0, 4, StandardCharsets.US_ASCII);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        connection.close();
    }
}
