package io.pocketllm.phone;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The live list of phones. Goes on by itself when the adb server was ended and another one comes;
 * starts one only at the very beginning, so that a person who ends the server is not overruled.
 */
public final class PhoneTracker implements AutoCloseable {

    private static final long RETRY_MILLIS = 1000;

    private final AdbServer server;
    private final Consumer<Phones> listener;
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * What is known of the phones now.
     *
     * @param phones sorted by serial
     * @param problem why there is no list, or null where there is one
     */
    public record Phones(List<ConnectedPhone> phones, PhoneException problem) {}

    private PhoneTracker(AdbServer server, Consumer<Phones> listener) {
        this.server = server;
        this.listener = listener;
    }

    static PhoneTracker start(AdbServer server, Consumer<Phones> listener) {
        PhoneTracker tracker = new PhoneTracker(server, listener);
        Thread.ofPlatform().daemon().name("phone-list").start(tracker::track);
        return tracker;
    }

    private void track() {
        boolean mayStart = true;
        String told = "";
        while (!cancellation.isCancelled()) {
            try (AdbConnection connection =
                    server.ask("host:track-devices-l", null, cancellation, mayStart)) {
                told = "";
                while (true) {
                    listener.accept(new Phones(AdbServer.sorted(connection.readBlock()), null));
                    mayStart = false;
                }
            } catch (PhoneException | AdbFailure e) {
                PhoneException problem =
                        e instanceof AdbFailure failure ? failure.on("list") : (PhoneException) e;
                mayStart = false;
                // Once for each new problem, not once a second.
                if (!cancellation.isCancelled() && !told.equals(problem.getMessage())) {
                    told = problem.getMessage();
                    listener.accept(new Phones(List.of(), problem));
                }
            }
            try {
                if (closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends the list; the listener may be called one last time by what is under way. */
    @Override
    public void close() {
        cancellation.cancel();
        closed.countDown();
    }
}
