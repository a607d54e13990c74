package io.pocketllm.phone;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Speaks the adb server's side of the socket protocol on a port of its own, with answers that a
 * test gives: so that what a real server says once in a blue moon is said here on demand.
 */
final class FakeAdbServer implements AutoCloseable {

    /** What happens after a service was asked for; the connection is closed when it returns. */
    @FunctionalInterface
    interface Service {
        void serve(Wire wire) throws IOException;
    }

    private final ServerSocket listener;
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    FakeAdbServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        on(
                "host:tport:",
                wire -> {
                    wire.okay().bytes(new byte[8]);
                    dispatch(wire);
                });
        on("host-serial:", wire -> wire.okay().block("shell_v2,cmd,stat_v2"));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    FakeAdbServer on(String servicePrefix, Service service) {
        services.put(servicePrefix, service);
        return this;
    }

    AdbServer client() {
        return new AdbServer(new AdbSettings(Optional.empty(), listener.getLocalPort(), Map.of()));
    }

    Phone phone() {
        return new Phone(client(), "P1");
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            dispatch(new Wire(socket));
        } catch (IOException e) {
            // The client went away, which some tests want.
        }
    }

    private void dispatch(Wire wire) throws IOException {
        String service = wire.request();
        asked.add(service);
        for (Map.Entry<String, Service> each : services.entrySet()) {
            if (service.startsWith(each.getKey())) {
                each.getValue().serve(wire);
                return;
            }
        }
        wire.fail("unknown host service");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection, from the server's side. */
    static final class Wire {
        private final DataInputStream in;
        private final OutputStream out;

        Wire(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        String request() throws IOException {
            int length = Integer.parseInt(text(4), 16);
            return text(length);
        }

        String text(int length) throws IOException {
            return new String(read(length), StandardCharsets.UTF_8);
        }

        byte[] read(int length) throws IOException {
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            return bytes;
        }

        /** Waits until the client hangs up. */
        void awaitHangUp() throws IOException {
            while (in.read() >= 0) {
                // Whatever it still says.
            }
        }

        Wire okay() throws IOException {
            return bytes("OKAY".getBytes(StandardCharsets.US_ASCII));
        }

        Wire fail(String text) throws IOException {
            bytes("FAIL".getBytes(StandardCharsets.US_ASCII));
            return block(text);
        }

        Wire block(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return text("%04x".formatted(bytes.length)).bytes(bytes);
        }

        Wire text(String text) throws IOException {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        Wire bytes(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** A packet of the shell protocol. */
        Wire packet(int kind, String data) throws IOException {
            return packet(kind, data.getBytes(StandardCharsets.UTF_8));
        }

        Wire packet(int kind, byte[] data) throws IOException {
            return bytes(
                    ByteBuffer.allocate(5 + data.length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .put((byte) kind)
                            .putInt(data.length)
                            .put(data)
                            .array());
        }

        /** A packet of the sync protocol. */
        Wire sync(String id, int number, byte[] data) throws IOException {
            return bytes(
                    ByteBuffer.allocate(8 + data.length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .put(id.getBytes(StandardCharsets.US_ASCII))
                            .putInt(number)
                            .put(data)
                            .array());
        }

        /** Reads the head of a sync packet: its id, and its number left in {@link #number}. */
        String syncId() throws IOException {
            String id = text(4);
            number = ByteBuffer.wrap(read(4)).order(ByteOrder.LITTLE_ENDIAN).getInt();
            return id;
        }

        int number;
    }
}
