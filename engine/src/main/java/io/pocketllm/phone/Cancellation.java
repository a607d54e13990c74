package io.pocketllm.phone;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends an operation from another thread: its connection is closed, and the operation throws {@link
 * PhoneException} with {@link PhoneException.Reason#CANCELLED}. One for each operation a person
 * starts; safe from any thread.
 */
public final class Cancellation {

    private final List<Closeable> open = new ArrayList<>();
    private boolean cancelled;

    /** Ends what runs under this, now and later. */
    public synchronized void cancel() {
        cancelled = true;
        for (Closeable each : open) {
            closeQuietly(each);
        }
        open.clear();
    }

    /** True after {@link #cancel}. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Throws where it was cancelled. */
    void check() throws PhoneException {
        if (isCancelled()) {
            throw new PhoneException(
                    PhoneException.Reason.CANCELLED, "Cancelled.", "Start it again when you like.");
        }
    }

    synchronized void closeOnCancel(Closeable connection) {
        if (cancelled) {
            closeQuietly(connection);
        } else {
            open.add(connection);
        }
    }

    synchronized void forget(Closeable connection) {
        open.remove(connection);
    }

    private static void closeQuietly(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }
}
