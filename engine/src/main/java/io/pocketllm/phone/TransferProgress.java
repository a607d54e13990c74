package io.pocketllm.phone;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How far a transfer is.
 *
 * @param what the file on its way
 * @param doneBytes of all files together, those that were there already counted in
 * @param totalBytes of all files together
 * @param bytesPerSecond mean since the start, of what was really sent
 * @param parts the same by what the files are for, in the order of {@link TransferKind}; only kinds
 *     that this transfer has
 */
public record TransferProgress(
        String what, long doneBytes, long totalBytes, double bytesPerSecond, List<Part> parts) {

    /**
     * Files of one kind.
     *
     * @param doneBytes sent, or there already
     * @param keptBytes of these, what was there already
     */
    public record Part(TransferKind kind, long totalBytes, long doneBytes, long keptBytes) {

        /** Whether all of it was there before anything was sent. */
        public boolean wasThere() {
            return totalBytes == keptBytes;
        }
    }

    /** Of one file that is there already. */
    static TransferProgress kept(String path, long bytes) {
        Part part = new Part(TransferKind.of(path), bytes, bytes, bytes);
        return new TransferProgress(path, bytes, bytes, 0, List.of(part));
    }

    /** Adds up and tells a listener at most ten times a second. For one thread. */
    static final class Meter {
        private static final long EVERY_NANOS = 100_000_000;

        private final Consumer<TransferProgress> listener;
        private final Map<TransferKind, Part> parts = new EnumMap<>(TransferKind.class);
        private final long totalBytes;
        private final long startNanos = System.nanoTime();
        private long doneBytes;
        private long sentBytes;
        private long toldNanos;

        /** Of one file. */
        Meter(String path, long totalBytes, Consumer<TransferProgress> listener) {
            this.listener = listener;
            this.totalBytes = totalBytes;
            expect(path, totalBytes);
        }

        Meter(Collection<PhoneFile> files, Consumer<TransferProgress> listener) {
            this.listener = listener;
            this.totalBytes = files.stream().mapToLong(PhoneFile::sizeBytes).sum();
            files.forEach(file -> expect(file.path(), file.sizeBytes()));
        }

        private void expect(String path, long bytes) {
            TransferKind kind = TransferKind.of(path);
            parts.merge(
                    kind,
                    new Part(kind, bytes, 0, 0),
                    (a, b) -> new Part(kind, a.totalBytes() + b.totalBytes(), 0, 0));
        }

        /** These were there already. */
        void skipped(String what, long bytes) {
            add(what, bytes, bytes);
            tell(what, false);
        }

        void sent(String what, long bytes) {
            add(what, bytes, 0);
            sentBytes += bytes;
            tell(what, false);
        }

        private void add(String what, long bytes, long kept) {
            doneBytes += bytes;
            parts.computeIfPresent(
                    TransferKind.of(what),
                    (kind, part) ->
                            new Part(
                                    kind,
                                    part.totalBytes(),
                                    part.doneBytes() + bytes,
                                    part.keptBytes() + kept));
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
                        new TransferProgress(
                                what,
                                doneBytes,
                                totalBytes,
                                sentBytes / seconds,
                                List.copyOf(parts.values())));
            }
        }
    }
}
