package io.pocketllm.phone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file to send.
 *
 * @param path where it goes, below our folder on the phone
 * @param sizeBytes its size
 * @param content opens it from its start
 */
public record PhoneFile(String path, long sizeBytes, Content content) {

    /** Opens what is sent, as often as asked. */
    @FunctionalInterface
    public interface Content {
        /** From its start. */
        InputStream open() throws IOException;
    }

    /** A file of this computer. */
    public static PhoneFile of(String path, Path local) throws IOException {
        return new PhoneFile(path, Files.size(local), () -> Files.newInputStream(local));
    }

    /** Bytes that are no file here. */
    public static PhoneFile of(String path, byte[] bytes) {
        return new PhoneFile(path, bytes.length, () -> new ByteArrayInputStream(bytes));
    }

    /** SHA-256 of the whole, lower-case hex. */
    String sha256() throws IOException {
        return sha256(Long.MAX_VALUE);
    }

    /** SHA-256 of the first bytes. */
    String sha256(long bytes) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(content.open(), digest)) {
            byte[] buffer = new byte[1 << 16];
            long left = bytes;
            int n = 0;
            while (left > 0 && n >= 0) {
                n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                left -= Math.max(n, 0);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Copies it to {@code to}. */
    void copyTo(OutputStream to) throws IOException {
        try (InputStream in = content.open()) {
            in.transferTo(to);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
