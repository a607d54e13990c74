package io.pocketllm.model.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of large files. A file's hash is kept in the cache under its path, and holds as long as
 * size and time of change are the same.
 */
final class SourceHash {

    private static final int BUFFER_BYTES = 1 << 20;

    private SourceHash() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of a file's bytes, from the cache where it is known. */
    static String of(Path file, Path cache) throws IOException {
        Path real = file.toRealPath();
        MessageDigest path = sha256();
        path.update(real.toString().getBytes(StandardCharsets.UTF_8));
        Path known = cache.resolve("hashes").resolve(hex(path));
        String stamp = Files.size(real) + " " + Files.getLastModifiedTime(real).toInstant();
        if (Files.isRegularFile(known)) {
            String[] lines = Files.readString(known, StandardCharsets.ISO_8859_1).split("\n");
            if (lines.length == 2 && lines[0].equals(stamp) && lines[1].matches("[0-9a-f]{64}")) {
                return lines[1];
            }
        }
        String hash = read(real);
        Files.createDirectories(known.getParent());
        Path partial = Files.createTempFile(known.getParent(), "hash", ".partial");
        try {
            Files.writeString(partial, stamp + "\n" + hash);
            Files.move(
                    partial,
                    known,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        return hash;
    }

    private static String read(Path file) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
        }
        return hex(digest);
    }
}
