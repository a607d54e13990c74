package io.pocketllm.app.phones;

import io.pocketllm.app.text.Units;
import io.pocketllm.phone.TransferKind;
import io.pocketllm.phone.TransferProgress;
import java.util.Locale;

/**
 * A line of what is sent.
 *
 * @param name for people
 * @param bytes in all; 0 where it is not known
 * @param fraction how much of it is on the phone, 0 to 1
 * @param status in words
 */
public record TransferRow(
        TransferKind kind, String name, long bytes, double fraction, String status) {

    /** One that nothing is known of but its size. */
    static TransferRow still(TransferKind kind, String model, long bytes, String status) {
        return new TransferRow(kind, name(kind, model), bytes, 0, status);
    }

    /** The same with another status. */
    TransferRow saying(String other) {
        return new TransferRow(kind, name, bytes, fraction, other);
    }

    /**
     * The same as a transfer tells it.
     *
     * @param now whether a file of this kind is on its way
     * @param bytesPerSecond mean of the transfer
     */
    TransferRow at(TransferProgress.Part part, boolean now, double bytesPerSecond) {
        double done =
                part.totalBytes() == 0
                        ? 1
                        : Math.clamp((double) part.doneBytes() / part.totalBytes(), 0, 1);
        return new TransferRow(
                kind, name, part.totalBytes(), done, words(part, now, bytesPerSecond));
    }

    private static String words(TransferProgress.Part part, boolean now, double bytesPerSecond) {
        if (part.wasThere()) {
            return "already there, same checksum";
        }
        if (part.doneBytes() >= part.totalBytes()) {
            return now && part.kind() == TransferKind.ENGINE
                    ? "sent; being unpacked and checked"
                    : "done";
        }
        if (!now) {
            return part.doneBytes() > 0 ? "partly there; waiting" : "waiting";
        }
        if (bytesPerSecond <= 0) {
            return "looking what is there";
        }
        double left = (part.totalBytes() - part.doneBytes()) / bytesPerSecond;
        double rate = bytesPerSecond / Units.MEGABYTE;
        return String.format(Locale.ROOT, rate < 10 ? "%.1f MB/s, " : "%.0f MB/s, ", rate)
                + Units.duration(left)
                + " left";
    }

    private static String name(TransferKind kind, String model) {
        return switch (kind) {
            case RUN -> "run file and profile";
            case ENGINE -> "engine";
            case MODEL -> model.isEmpty() ? "model" : "model " + model;
            case DATA -> "data and tokenizer";
            case TUNED -> "what it has learned";
        };
    }

    /** Its size, such as "90 MB" or "4 KB"; empty where it is not known. */
    public String size() {
        if (bytes <= 0) {
            return "";
        }
        return bytes < 1_000_000
                ? Math.max(1, Math.round(bytes / 1e3)) + " KB"
                : bytes < 10_000_000
                        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                        : Units.megabytes(bytes);
    }
}
