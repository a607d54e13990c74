package io.pocketllm.phone;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One connection to the adb server, on this computer only. Requests are four hex digits of length
 * and the service's name; answers begin with OKAY or FAIL. Each failure of the socket comes out as
 * a {@link PhoneException} that says whether it was cancelled, silent for too long, or lost.
 */
final class AdbConnection implements Closeable {

    private static final int CONNECT_MILLIS = 3000;
    private static final int LONGEST_REQUEST = 0xffff;

    private final Socket socket;
    private final DataInputStream in;
    private final Cancellation cancellation;
    private final IdleWatch watch = new IdleWatch(this::silent);
    private volatile boolean timedOut;

    /**
     * @param silence how long may pass without a byte in either direction; null for ever
     * @throws IOException where nothing listens on the port
     */
    AdbConnection(int port, Duration silence, Cancellation cancellation) throws IOException {
        this.cancellation = cancellation;
        cancellation.check();
        socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        cancellation.closeOnCancel(socket);
        watch.limit(silence);
    }

    /** Changes how long may pass in silence from now on. */
    void silence(Duration limit) {
        watch.limit(limit);
    }

    private void silent() {
        timedOut = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }

    /** Asks for a service and reads OKAY; FAIL comes out as {@link AdbFailure}. */
    void request(String service) throws PhoneException, AdbFailure {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_REQUEST) {
            throw new PhoneException(
                    PhoneException.Reason.REFUSED,
                    "A request of " + name.length + " bytes is more than adb takes.",
                    "Use shorter paths.");
        }
        byte[] length = "%04x".formatted(name.length).getBytes(StandardCharsets.US_ASCII);
        byte[] both = new byte[length.length + name.length];
        System.arraycopy(length, 0, both, 0, length.length);
        System.arraycopy(name, 0, both, length.length, name.length);
        write(both, both.length);
        readStatus();
    }

    void readStatus() throws PhoneException, AdbFailure {
        String status = new String(readFully(4), StandardCharsets.US_ASCII);
        switch (status) {
            case "OKAY" -> {}
            case "FAIL" -> throw failure();
            default -> throw notAdb(status);
        }
    }

    /** A block: four hex digits of length, then that many bytes of text. */
    String readBlock() throws PhoneException {
        return block(new String(readFully(4), StandardCharsets.US_ASCII));
    }

    /** After OKAY some services still fail: either a block or FAIL and a block. */
    String readBlockOrFailure() throws PhoneException, AdbFailure {
        String head = new String(readFully(4), StandardCharsets.US_ASCII);
        if (head.equals("FAIL")) {
            throw failure();
        }
        return block(head);
    }

    /**
     * The failure that the server is about to explain, unless hanging up here caused it: closing a
     * socket says that no more will be written before it ends a read, and on that word a server
     * that still waits for the phone answers "closed".
     */
    private AdbFailure failure() throws PhoneException {
        AdbFailure failure = new AdbFailure(readBlock());
        throwIfHungUp();
        return failure;
    }

    private String block(String length) throws PhoneException {
        if (!length.matches("[0-9a-fA-F]{4}")) {
            throw notAdb(length);
        }
        return new String(readFully(Integer.parseInt(length, 16)), StandardCharsets.UTF_8);
    }

    byte[] readFully(int length) throws PhoneException {
        byte[] bytes = new byte[length];
        try {
            in.readFully(bytes);
        } catch (IOException e) {
            throw lost(e);
        }
        watch.moved();
        return bytes;
    }

    /** One byte, or -1 at the end. */
    int read() throws PhoneException {
        try {
            int next = in.read();
            if (next < 0) {
                throwIfHungUp();
            }
            watch.moved();
            return next;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** True where something can be read at once. */
    boolean hasInput() throws PhoneException {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    void write(byte[] bytes, int length) throws PhoneException {
        try {
            socket.getOutputStream().write(bytes, 0, length);
        } catch (IOException e) {
            throw lost(e);
        }
        watch.moved();
    }

    private void throwIfHungUp() throws PhoneException {
        cancellation.check();
        if (timedOut) {
            throw new PhoneException(
                    PhoneException.Reason.TIMED_OUT,
                    "The phone did not answer in time.",
                    "Is it switched on, in reach of the Wi-Fi and not asleep? Try again.");
        }
    }

    private PhoneException lost(IOException e) throws PhoneException {
        throwIfHungUp();
        return new PhoneException(
                PhoneException.Reason.LINK_LOST,
                "The connection to the phone was lost ("
                        + (e.getMessage() == null ? "it ended" : e.getMessage())
                        + ").",
                "Plug the phone in again, or bring it back into reach, and try again.");
    }

    private static PhoneException notAdb(String found) {
        return new PhoneException(
                PhoneException.Reason.NO_ADB,
                "What listens there is no adb server: it answered \"" + found + "\".",
                "Set ANDROID_ADB_SERVER_PORT to the port of the adb server.");
    }

    @Override
    public void close() {
        watch.stop();
        cancellation.forget(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more is wanted of it.
        }
    }
}
