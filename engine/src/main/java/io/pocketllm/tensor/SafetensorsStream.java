package io.pocketllm.tensor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file piece by piece (github.com/huggingface/safetensors): 8 bytes header
 * length, little-endian; a JSON header padded with blanks to a multiple of 8; the tensors' bytes,
 * little-endian, in header order without gaps. So a file may be larger than memory.
 *
 * <p>The file appears whole or not at all: it is written beside its place, forced to disk, and
 * renamed by {@link #finish}.
 */
public final class SafetensorsStream implements AutoCloseable {

    /**
     * A tensor that will be written.
     *
     * @param shape sizes of its dimensions
     */
    public record Entry(String name, DType dtype, long[] shape) {

        /** Bytes its numbers take. */
        public long bytes() {
            return Math.multiplyExact(Tensor.elements(shape), (long) dtype.bytes());
        }
    }

    private final Path file;
    private final Path partial;
    private final FileChannel channel;
    private long left;

    /**
     * Begins a file.
     *
     * @param entries its tensors in the order their bytes will come
     * @param metadata text pairs for the header's {@code __metadata__}
     */
    public SafetensorsStream(Path file, List<Entry> entries, Map<String, String> metadata)
            throws IOException {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IOException("safetensors files are little-endian and this processor is not");
        }
        this.file = file;
        partial = file.resolveSibling(file.getFileName() + ".partial");
        byte[] header = header(entries, metadata);
        left = 8L + header.length + entries.stream().mapToLong(Entry::bytes).sum();
        channel =
                FileChannel.open(
                        partial,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        append(length.putLong(header.length).flip());
        append(ByteBuffer.wrap(header));
    }

    private static byte[] header(List<Entry> entries, Map<String, String> metadata)
            throws IOException {
        JsonMapper mapper = new JsonMapper();
        ObjectNode root = mapper.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode meta = root.putObject("__metadata__");
            metadata.forEach(meta::put);
        }
        long offset = 0;
        for (Entry tensor : entries) {
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", tensor.dtype().name());
            ArrayNode shape = entry.putArray("shape");
            for (long size : tensor.shape()) {
                shape.add(size);
            }
            long end = offset + tensor.bytes();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        String json = mapper.writeValueAsString(root);
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - bytes % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes the next bytes.
     *
     * @throws IllegalStateException where there are more than the tensors have
     */
    public void append(ByteBuffer bytes) throws IOException {
        left -= bytes.remaining();
        if (left < 0) {
            throw new IllegalStateException(-left + " bytes more than the tensors have");
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Puts the file in its place.
     *
     * @throws IllegalStateException where bytes are missing
     */
    public void finish() throws IOException {
        if (left != 0) {
            throw new IllegalStateException(left + " bytes of the tensors are missing");
        }
        channel.force(true);
        channel.close();
        Files.move(
                partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives up what is not finished. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(partial);
    }
}
