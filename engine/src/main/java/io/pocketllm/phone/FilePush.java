package io.pocketllm.phone;

import io.pocketllm.phone.PhoneException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Sends one file so that it is whole on the phone or not there: into {@code NAME.part}, compared by
 * checksum on the phone, renamed.
 *
 * <p>Small files go over adb's own {@code sync:} service. It forgets a half file when the link is
 * lost, so large ones are appended by a shell instead and continued where they stopped, provided
 * that what is there is the beginning of what is sent.
 */
final class FilePush {

    /** Nothing worth continuing below this. */
    static final long CONTINUED_BYTES = 1 << 20;

    private static final int CHUNK = 64 << 10;

    /** A slow phone hashes and writes this much in a second. */
    private static final long SLOWEST_BYTES_PER_SECOND = 20_000_000;

    private final Phone phone;
    private final TransferProgress.Meter meter;
    private final Cancellation cancellation;

    FilePush(Phone phone, TransferProgress.Meter meter, Cancellation cancellation) {
        this.phone = phone;
        this.meter = meter;
        this.cancellation = cancellation;
    }

    void send(PhoneFile file, Manifest.Entry entry) throws IOException {
        String target = PhonePaths.absolute(file.path());
        long there = begin(file, target);
        if (file.sizeBytes() < CONTINUED_BYTES) {
            sendWhole(file, target);
        } else {
            append(file, target, there);
        }
        commit(file, target, entry);
    }

    /** Bytes of the file that the phone has already from a push that was cut short. */
    private long begin(PhoneFile file, String target) throws IOException {
        ShellResult result =
                phone.run(
                        PhoneScript.BEGIN.with(
                                PhonePaths.BASE, target, Manifest.begun(file.path())),
                        patience(file.sizeBytes()),
                        cancellation);
        if (result.exitCode() != 0) {
            throw refused(file, result);
        }
        String[] answer = result.out().strip().split("\\s+");
        long size = answer[0].matches("\\d{1,18}") ? Long.parseLong(answer[0]) : 0;
        boolean usable = size > 0 && size <= file.sizeBytes() && answer.length > 1;
        return usable && answer[1].equals(file.sha256(size)) ? size : 0;
    }

    private static Duration patience(long bytes) {
        return Phone.SHORT.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
    }

    private void sendWhole(PhoneFile file, String target) throws IOException {
        try (SyncConnection sync = phone.sync(Phone.SHORT, cancellation);
                InputStream in = file.content().open()) {
            long[] before = {0};
            sync.push(
                    in,
                    target + ".part",
                    0644,
                    sent -> {
                        meter.sent(file.path(), sent - before[0]);
                        before[0] = sent;
                    });
        }
    }

    private void append(PhoneFile file, String target, long there) throws IOException {
        if (there == 0) {
            // Something else, or nothing: begin with an empty file.
            try (SyncConnection sync = phone.sync(Phone.SHORT, cancellation)) {
                sync.push(InputStream.nullInputStream(), target + ".part", 0644, sent -> {});
            }
        }
        meter.skipped(file.path(), there);
        String command = PhoneScript.APPEND.with(target + ".part", String.valueOf(there));
        try (InputStream in = file.content().open();
                ShellSession session =
                        phone.shell(
                                command,
                                Phone.SHORT,
                                OutputStream.nullOutputStream(),
                                cancellation)) {
            in.skipNBytes(there);
            byte[] buffer = new byte[CHUNK];
            boolean taken = true;
            for (int n = in.readNBytes(buffer, 0, CHUNK);
                    n > 0 && taken;
                    n = in.readNBytes(buffer, 0, CHUNK)) {
                taken = session.send(buffer, n);
                meter.sent(file.path(), taken ? n : 0);
            }
            session.closeInput();
            int code = session.await();
            if (code != 0) {
                throw refused(file, new ShellResult(code, "", session.errors()));
            }
        }
    }

    private void commit(PhoneFile file, String target, Manifest.Entry entry) throws PhoneException {
        ShellResult result =
                phone.run(
                        PhoneScript.COMMIT.with(
                                PhonePaths.BASE,
                                target,
                                entry.sha256(),
                                "0644",
                                Manifest.file(file.path(), entry)),
                        patience(file.sizeBytes()),
                        cancellation);
        if (result.exitCode() == 8) {
            throw new PhoneException(
                    Reason.DAMAGED,
                    file.path() + " arrived damaged: " + result.why(),
                    "Nothing was kept of it. Send it again; if that fails too, try another cable.");
        }
        if (result.exitCode() != 0) {
            throw refused(file, result);
        }
    }

    private static PhoneException refused(PhoneFile file, ShellResult result) {
        if (result.err().contains("No space left")) {
            return new PhoneException(
                    Reason.NO_ROOM,
                    "The phone's storage is full: " + file.path() + " did not fit.",
                    "Make room on the phone, or clean up what was sent before (pocketllm phones clean).");
        }
        return new PhoneException(
                Reason.REFUSED,
                file.path() + " could not be written on the phone: " + result.why(),
                "Try again; look at " + PhonePaths.BASE + " on the phone if it fails again.");
    }
}
