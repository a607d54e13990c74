package io.pocketllm.phone;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Our folder on a phone: sends files into it, fetches files out of it, and removes exactly what was
 * sent.
 */
public final class PhoneStorage {

    /** Left free on the phone, so that it goes on working. */
    private static final long RESERVE_BYTES = 32L << 20;

    private final Phone phone;

    /** The folder on that phone. */
    public PhoneStorage(Phone phone) {
        this.phone = phone;
    }

    /**
     * What was done.
     *
     * @param sentBytes bytes that really went over
     * @param sentFiles files that were sent, whole or the rest of them
     * @param keptFiles files that were there already with the same content
     */
    public record Report(long sentBytes, int sentFiles, int keptFiles) {}

    /**
     * Sends what is not there yet. A file appears under its name only when it is whole and its
     * checksum right; one that was cut short is continued where it stopped.
     *
     * @param progress told at most ten times a second
     * @throws PhoneException where the phone has no room, is gone, or something was damaged on the
     *     way
     * @throws IOException where a file of this computer cannot be read
     */
    public Report push(
            List<PhoneFile> files, Consumer<TransferProgress> progress, Cancellation cancellation)
            throws IOException {
        Map<PhoneFile, Manifest.Entry> wanted = new LinkedHashMap<>();
        for (PhoneFile file : files) {
            cancellation.check();
            wanted.put(file, new Manifest.Entry(file.sha256(), file.sizeBytes()));
        }
        Look look = look(files, cancellation);
        TransferProgress.Meter meter = new TransferProgress.Meter(files, progress);
        List<PhoneFile> missing = new ArrayList<>();
        for (PhoneFile file : files) {
            Manifest.Entry entry = wanted.get(file);
            if (look.manifest.holds(file.path(), entry)
                    && look.sizes.get(file.path()) == entry.sizeBytes()) {
                meter.skipped(file.path(), file.sizeBytes());
            } else {
                missing.add(file);
            }
        }
        requireRoom(missing, look);
        FilePush push = new FilePush(phone, meter, cancellation);
        for (PhoneFile file : missing) {
            push.send(file, wanted.get(file));
        }
        meter.end(files.isEmpty() ? "" : files.getLast().path());
        return new Report(meter.sentBytes(), missing.size(), files.size() - missing.size());
    }

    private record Look(long freeBytes, Manifest manifest, Map<String, Long> sizes) {}

    /** One call: free room, manifest, and what is there of each file and its part. */
    private Look look(List<PhoneFile> files, Cancellation cancellation) throws PhoneException {
        List<String> parameters = new ArrayList<>(List.of(PhonePaths.BASE));
        for (PhoneFile file : files) {
            parameters.add(PhonePaths.absolute(file.path()));
            parameters.add(PhonePaths.absolute(file.path()) + ".part");
        }
        ShellResult result =
                phone.run(
                        PhoneScript.LOOK.with(parameters.toArray(String[]::new)),
                        Phone.SHORT,
                        cancellation);
        if (result.exitCode() != 0) {
            throw new PhoneException(
                    Reason.REFUSED,
                    "The folder " + PhonePaths.BASE + " cannot be used: " + result.why(),
                    "Is something else of that name on the phone?");
        }
        Sections sections = Sections.of(result.out());
        String[] sizes = sections.get("sizes").strip().split("\n");
        Map<String, Long> byPath = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            byPath.put(files.get(i).path(), size(sizes, 2 * i));
            byPath.put(files.get(i).path() + ".part", size(sizes, 2 * i + 1));
        }
        return new Look(
                Sections.freeBytes(sections.get("df")),
                Manifest.parse(sections.get("manifest")),
                byPath);
    }

    private static long size(String[] sizes, int i) {
        return i < sizes.length && sizes[i].matches("\\d{1,18}") ? Long.parseLong(sizes[i]) : -1;
    }

    private static void requireRoom(List<PhoneFile> missing, Look look) throws PhoneException {
        long needed = missing.isEmpty() ? 0 : RESERVE_BYTES;
        for (PhoneFile file : missing) {
            needed += file.sizeBytes() - Math.max(0, look.sizes.get(file.path() + ".part"));
        }
        if (look.freeBytes >= 0 && needed > look.freeBytes) {
            throw new PhoneException(
                    Reason.NO_ROOM,
                    "The phone has %,d MB free, and %,d MB are needed (%,d MB of it stay free)."
                            .formatted(
                                    look.freeBytes / 1_000_000,
                                    needed / 1_000_000,
                                    RESERVE_BYTES / 1_000_000),
                    "Make room on the phone, or clean up what was sent before (pocketllm phones clean).");
        }
    }

    /**
     * Fetches a file; it appears under its name only when it is whole.
     *
     * @param path below our folder
     * @return false where the phone has no such file
     */
    public boolean pull(
            String path, Path to, Consumer<TransferProgress> progress, Cancellation cancellation)
            throws IOException {
        String from = PhonePaths.absolute(path);
        try (SyncConnection sync = phone.sync(Phone.SHORT, cancellation)) {
            Optional<SyncConnection.Stat> stat = sync.stat(from);
            if (stat.isEmpty() || !stat.get().regular()) {
                return false;
            }
            Files.createDirectories(to.toAbsolutePath().getParent());
            Path partial =
                    Files.createTempFile(
                            to.toAbsolutePath().getParent(), ".from-phone", ".partial");
            try {
                TransferProgress.Meter meter =
                        new TransferProgress.Meter(path, stat.get().sizeBytes(), progress);
                long[] before = {0};
                long received;
                try (OutputStream out = Files.newOutputStream(partial)) {
                    received =
                            sync.pull(
                                    from,
                                    out,
                                    bytes -> {
                                        meter.sent(path, bytes - before[0]);
                                        before[0] = bytes;
                                    });
                }
                if (received != stat.get().sizeBytes()) {
                    throw new PhoneException(
                            Reason.DAMAGED,
                            path
                                    + ": "
                                    + received
                                    + " bytes came, "
                                    + stat.get().sizeBytes()
                                    + " were expected.",
                            "Is something still writing it? Try again.");
                }
                meter.end(path);
                Files.move(
                        partial,
                        to,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
            return true;
        }
    }

    /**
     * Removes everything that was sent, and nothing else.
     *
     * @return names of what is left in our folder because it is not ours; empty where the folder is
     *     gone
     * @throws PhoneException where a run is still going on there
     */
    public List<String> clean(Cancellation cancellation) throws PhoneException {
        Manifest manifest = look(List.of(), cancellation).manifest;
        List<String> parameters = new ArrayList<>(List.of(PhonePaths.BASE));
        manifest.files().forEach(path -> parameters.add("F:" + path));
        manifest.folders().forEach(path -> parameters.add("T:" + path));
        ShellResult result =
                phone.run(
                        PhoneScript.CLEAN.with(parameters.toArray(String[]::new)),
                        Duration.ofMinutes(1),
                        cancellation);
        String said = PhoneException.shown(result.out());
        if (result.exitCode() == 7) {
            throw new PhoneException(
                    Reason.REFUSED,
                    "A run is still going on the phone: " + said + ".",
                    "Stop it first, or wait until it has ended.");
        }
        if (result.exitCode() != 0) {
            throw new PhoneException(
                    Reason.REFUSED,
                    "Not everything could be removed: " + result.why(),
                    "Look at " + PhonePaths.BASE + " on the phone.");
        }
        return result.out().isBlank() ? List.of() : List.of(result.out().strip().split("\n"));
    }
}
