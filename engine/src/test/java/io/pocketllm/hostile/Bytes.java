package io.pocketllm.hostile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Byte layouts of hostile files. */
final class Bytes {

    private Bytes() {}

    /** A safetensors file: length, header, {@code data} zero bytes. */
    static byte[] safetensors(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return safetensors(text.length, text, data);
    }

    /** A safetensors file that lies about its header's length. */
    static byte[] safetensors(long headerBytes, byte[] header, int data) {
        return ByteBuffer.allocate(8 + header.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerBytes)
                .put(header)
                .array();
    }

    /** A header entry. */
    static String entry(String name, String dtype, String shape, String offsets) {
        return "\""
                + name
                + "\":{\"dtype\":\""
                + dtype
                + "\",\"shape\":"
                + shape
                + ",\"data_offsets\":"
                + offsets
                + "}";
    }

    /** A file of zeros that takes no room on disk. */
    static Path sparse(Path file, long bytes) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        return file;
    }

    /** {@code prefix} and then {@code unit} as often as it takes to fill {@code bytes}. */
    static byte[] repeated(byte[] unit, int bytes) {
        byte[] all = new byte[bytes / unit.length * unit.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = unit[i % unit.length];
        }
        return all;
    }

    /** A protobuf field of length-delimited bytes. */
    static byte[] field(int number, byte[] content) {
        ByteBuffer field = ByteBuffer.allocate(content.length + 12);
        varint(field, (long) number << 3 | 2);
        varint(field, content.length);
        field.put(content);
        byte[] bytes = new byte[field.position()];
        field.flip().get(bytes);
        return bytes;
    }

    private static void varint(ByteBuffer to, long value) {
        long rest = value;
        while (rest > 0x7F) {
            to.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }
}
