package io.pocketllm.phone;

import java.util.function.Consumer;

/**
 * How far a transfer is.
 *
 * @param what the file on its way
 * @param doneBytes of all files together, those that were there already counted in
 * @param totalBytes of all files together
 * @param bytesPerSecond mean since the start, of what was really sent
 */
public record TransferProgress(
        String what, long doneBytes, long totalBytes, double bytesPerSecond) {

    /** Adds up and tells a listener at most ten times a second. For one thread. */
    static final class Meter {
        private static final long EVERY_NANOS = 100_000_000;

        private final Consumer<TransferProgress> listener;
        private final long totalBytes;
        private final long startNanos = System.nanoTime();
        private long doneBytes;
        private long sentBytes;
        private long toldNanos;

        Meter(long totalBytes, Consumer<TransferProgress> listener) {
            this.totalBytes = totalBytes;
            this.listener = listener;
        }

        /** These were there already. */
        void skipped(String what, long bytes) {
            doneBytes += bytes;
            tell(what, false);
        }

        void sent(String what, long bytes) {
            doneBytes += bytes;
            sentBytes += bytes;
            tell(what, false);
        }

        void end(String what) {
            tell(what, true);
        }

        long sentBytes() {
            return sentBytes;
        }

        private void tell(String what, boolean always) {
            long now = System.nanoTime();
            if (always || toldNanos == 0 || now - toldNanos >= EVERY_NANOS) {
                toldNanos = now;
                double seconds = Math.max(1e-3, (now - startNanos) / 1e9);
                listener.accept(
                        new TransferProgress(what, doneBytes, totalBytes, sentBytes / seconds));
            }
        }
    }
}
