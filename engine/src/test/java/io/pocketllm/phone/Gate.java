package io.pocketllm.phone;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a real adb server and a real adbd and lets the link misbehave: it asks for a key
 * as a phone does, cuts after so many bytes, or lets nothing through.
 *
 * <p>An adb message is six little-endian words (command, two arguments, length, sum of the bytes,
 * command inverted) and its data.
 */
final class Gate implements AutoCloseable {

    private static final int AUTH = 0x48545541;
    private static final int TOKEN = 1;
    private static final int PUBLIC_KEY = 3;

    enum Mode {
        /** Everything passes. */
        OPEN,
        /** Asks for a key and waits for a person's tap: the phone shows as unauthorized. */
        HOLD,
        /** Nobody is there any more. */
        GONE
    }

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final int phonePort;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    // Guarded by "this".
    private Mode mode;
    private boolean stalled;
    private long bytesUntilCut = -1;

    Gate(int phonePort, Mode mode) throws IOException {
        this.phonePort = phonePort;
        this.mode = mode;
        listener = new ServerSocket(0, 8, loopback);
        background(
                () -> {
                    while (true) {
                        Socket server = listener.accept();
                        background(() -> serve(server));
                    }
                });
    }

    String serial() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** A connection that waits in {@link Mode#HOLD} goes on when the gate opens; others are cut. */
    synchronized void become(Mode next) {
        boolean tapped = mode == Mode.HOLD && next == Mode.OPEN;
        mode = next;
        notifyAll();
        if (!tapped) {
            cut();
        }
    }

    /** Lets this many more bytes pass to the phone, and cuts; once. */
    synchronized void cutAfter(long bytes) {
        bytesUntilCut = bytes;
    }

    /** No byte passes, and nothing closes: a phone out of reach. */
    synchronized void stall(boolean on) {
        stalled = on;
        notifyAll();
    }

    void cut() {
        for (Socket socket : sockets) {
            closeQuietly(socket);
        }
        sockets.clear();
    }

    private void serve(Socket server) throws IOException {
        sockets.add(server);
        try (server) {
            server.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(server.getInputStream());
            byte[] greeting = message(in);
            if (modeNow() == Mode.HOLD) {
                askForKey(in, server.getOutputStream());
                awaitTap();
            }
            if (modeNow() == Mode.GONE) {
                return;
            }
            try (Socket phone = new Socket(loopback, phonePort)) {
                sockets.add(phone);
                phone.setTcpNoDelay(true);
                phone.getOutputStream().write(greeting);
                background(() -> pump(phone, server, false));
                pump(server, phone, true);
            }
        }
    }

    private synchronized Mode modeNow() {
        return mode;
    }

    private synchronized void awaitTap() throws IOException {
        while (mode == Mode.HOLD) {
            pause();
        }
    }

    private void pause() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Refuses every signature until the server shows its public key to the person. */
    private static void askForKey(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            byte[] token = new byte[20];
            ByteBuffer ask = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
            ask.putInt(AUTH).putInt(TOKEN).putInt(0).putInt(20).putInt(0).putInt(~AUTH).put(token);
            out.write(ask.array());
            ByteBuffer answer = ByteBuffer.wrap(message(in)).order(ByteOrder.LITTLE_ENDIAN);
            if (answer.getInt(0) == AUTH && answer.getInt(4) == PUBLIC_KEY) {
                return;
            }
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte[] head = new byte[24];
        in.readFully(head);
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        byte[] whole = new byte[24 + length];
        System.arraycopy(head, 0, whole, 0, 24);
        in.readFully(whole, 24, length);
        return whole;
    }

    private void pump(Socket from, Socket to, boolean toPhone) throws IOException {
        byte[] buffer = new byte[16 << 10];
        try (from;
                to) {
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                int allowed = allow(n, toPhone);
                to.getOutputStream().write(buffer, 0, allowed);
                if (allowed < n) {
                    cut();
                    return;
                }
            }
        }
    }

    private synchronized int allow(int bytes, boolean toPhone) throws IOException {
        while (stalled) {
            pause();
        }
        if (!toPhone || bytesUntilCut < 0) {
            return bytes;
        }
        if (bytes > bytesUntilCut) {
            int rest = (int) bytesUntilCut;
            bytesUntilCut = -1;
            return rest;
        }
        bytesUntilCut -= bytes;
        return bytes;
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void background(Task task) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                task.run();
                            } catch (SocketException | java.io.EOFException e) {
                                // One side hung up, or was cut.
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        become(Mode.GONE);
        stall(false);
    }
}
