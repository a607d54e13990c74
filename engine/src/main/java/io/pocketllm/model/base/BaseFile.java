package io.pocketllm.model.base;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pocketllm.onnx.ExternalConstant;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Converted weights in the cache: a folder with {@code weights.bin}, which ONNX Runtime reads as
 * external data, and {@code index.json}, which says where each array lies. The index starts with a
 * line that holds its own checksum.
 */
final class BaseFile {

    static final String SCALES = ".scales";
    static final String ZERO_POINTS = ".zero_points";
    static final String DATA = "weights.bin";
    static final String INDEX = "index.json";

    private static final int VERSION = 1;
    private static final long MAX_INDEX_BYTES = 64L << 20;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    /** The folder is not what it was when it was written. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1;

        DamagedException(String message) {
            super(message);
        }
    }

    /**
     * An array in the data file.
     *
     * @param offset where it starts, bytes
     * @param bytes its length
     * @param crc32c checksum of its bytes
     */
    record Entry(
            @JsonProperty(required = true) DType dtype,
            @JsonProperty(required = true) long[] shape,
            @JsonProperty(required = true) long offset,
            @JsonProperty(required = true) long bytes,
            @JsonProperty(required = true) long crc32c) {}

    /** What index.json says. */
    record Index(
            @JsonProperty(required = true) int version,
            @JsonProperty(required = true) String base,
            @JsonProperty(required = true) String source,
            @JsonProperty(required = true) long dataBytes,
            @JsonProperty(required = true) Map<String, Entry> entries) {}

    private final Path folder;
    private final Index index;

    private BaseFile(Path folder, Index index) {
        this.folder = folder;
        this.index = index;
    }

    /**
     * Writes the index beside a finished data file, whose checksums it computes on the way.
     *
     * @param source content hash of what it was made from
     */
    static void finish(Path folder, String base, String source, Map<String, Entry> entries)
            throws IOException {
        Path data = folder.resolve(DATA);
        Map<String, Entry> summed = new LinkedHashMap<>();
        try (FileChannel file = FileChannel.open(data, StandardOpenOption.READ)) {
            for (Map.Entry<String, Entry> e : entries.entrySet()) {
                Entry entry = e.getValue();
                long crc = checksum(file, entry);
                summed.put(
                        e.getKey(),
                        new Entry(entry.dtype, entry.shape, entry.offset, entry.bytes, crc));
            }
        }
        Index index = new Index(VERSION, base, source, Files.size(data), summed);
        byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(index);
        byte[] head = head(json).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer all = ByteBuffer.allocate(head.length + json.length).put(head).put(json).flip();
        try (FileChannel file =
                FileChannel.open(
                        folder.resolve(INDEX),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            while (all.hasRemaining()) {
                file.write(all);
            }
            file.force(true);
        }
    }

    private static String head(byte[] json) {
        CRC32C crc = new CRC32C();
        crc.update(json);
        return String.format("crc32c %08x%n", crc.getValue()).replace("\r", "");
    }

    /**
     * Opens a folder, checking the index by its checksum and the data file by its size.
     *
     * @throws DamagedException where either is missing or not what was written
     */
    static BaseFile open(Path folder, String base, String source) throws DamagedException {
        Index index = read(folder.resolve(INDEX));
        if (index.version != VERSION || !index.base.equals(base) || !index.source.equals(source)) {
            throw new DamagedException(folder + ": was made from other weights or in another way");
        }
        Path data = folder.resolve(DATA);
        try {
            if (Files.size(data) != index.dataBytes) {
                throw new DamagedException(
                        data + ": has " + Files.size(data) + " bytes, not " + index.dataBytes);
            }
        } catch (IOException e) {
            throw new DamagedException(data + ": cannot be read (" + e.getMessage() + ")");
        }
        for (Map.Entry<String, Entry> e : index.entries.entrySet()) {
            Entry entry = e.getValue();
            long needed = entry.dtype.bytes() * Tensor.elements(entry.shape);
            if (entry.offset < 0
                    || entry.bytes != needed
                    || entry.bytes > index.dataBytes - entry.offset) {
                throw new DamagedException(
                        folder.resolve(INDEX) + ": " + e.getKey() + " does not fit its file");
            }
        }
        return new BaseFile(folder, index);
    }

    private static Index read(Path path) throws DamagedException {
        try {
            if (Files.size(path) > MAX_INDEX_BYTES) {
                throw new DamagedException(path + ": is larger than 64 MiB");
            }
            byte[] all = Files.readAllBytes(path);
            int line = 0;
            while (line < all.length && all[line] != '\n') {
                line++;
            }
            byte[] json = new byte[Math.max(0, all.length - line - 1)];
            System.arraycopy(all, all.length - json.length, json, 0, json.length);
            if (!head(json)
                    .strip()
                    .equals(new String(all, 0, line, StandardCharsets.US_ASCII).strip())) {
                throw new DamagedException(path + ": does not have the checksum in its first line");
            }
            return MAPPER.readValue(json, Index.class);
        } catch (JsonProcessingException e) {
            throw new DamagedException(path + ": is no index: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new DamagedException(path + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    /**
     * Reads everything and compares checksums.
     *
     * @throws DamagedException naming the first array that is not what was written
     */
    void verify() throws DamagedException {
        Path data = folder.resolve(DATA);
        try (FileChannel file = FileChannel.open(data, StandardOpenOption.READ)) {
            for (Map.Entry<String, Entry> e : index.entries.entrySet()) {
                if (checksum(file, e.getValue()) != e.getValue().crc32c) {
                    throw new DamagedException(
                            data + ": " + e.getKey() + " does not have the checksum it had");
                }
            }
        } catch (IOException e) {
            throw new DamagedException(data + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    private static long checksum(FileChannel file, Entry entry) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long at = entry.offset;
        long end = entry.offset + entry.bytes;
        while (at < end) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            int read = file.read(buffer, at);
            if (read < 0) {
                throw new IOException("the file ends at byte " + at);
            }
            crc.update(buffer.flip());
            at += read;
        }
        return crc.getValue();
    }

    Path data() {
        return folder.resolve(DATA);
    }

    long dataBytes() {
        return index.dataBytes;
    }

    boolean has(String name) {
        return index.entries.containsKey(name);
    }

    Map<String, Entry> entries() {
        return index.entries;
    }

    /** An array as a constant for a graph. */
    ExternalConstant constant(String name) {
        Entry entry = index.entries.get(name);
        return new ExternalConstant(data(), entry.offset, entry.dtype, entry.shape);
    }
}
