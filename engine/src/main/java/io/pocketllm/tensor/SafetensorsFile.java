package io.pocketllm.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file (github.com/huggingface/safetensors), memory-mapped: its tensors are read-only
 * views, and pages that nothing reads never become resident.
 *
 * <p>The header is checked as the format's own library does: at most 100 MB, no key twice, every
 * tensor's bytes as its shape says, no overlap, no hole, nothing left over. Closing the file takes
 * the mapping away, so every view dies with it.
 */
public final class SafetensorsFile implements AutoCloseable {

    /** The format's own limit. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            com.fasterxml.jackson.core.JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(8)
                                                    .maxNumberLength(20)
                                                    .maxNameLength(4096)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .build();

    private final Path path;
    private final Arena arena;
    private final Map<String, Tensor> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(
            Path path, Arena arena, Map<String, Tensor> tensors, Map<String, String> metadata) {
        this.path = path;
        this.arena = arena;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.metadata = Collections.unmodifiableMap(metadata);
    }

    /**
     * Maps a file and checks its header.
     *
     * @throws TensorFileException where it is missing, damaged, or holds what the format forbids
     */
    public static SafetensorsFile open(Path path) throws TensorFileException {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new TensorFileException(
                    path + ": safetensors files are little-endian and this processor is not",
                    "Use a little-endian computer.");
        }
        Arena arena = Arena.ofShared();
        try {
            MemorySegment file = map(path, arena);
            long headerBytes = headerBytes(path, file);
            MemorySegment data = file.asSlice(8 + headerBytes);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            List<long[]> ranges = new ArrayList<>();
            for (Map.Entry<String, JsonNode> entry : header(path, file, headerBytes).properties()) {
                if (entry.getKey().equals("__metadata__")) {
                    entry.getValue()
                            .properties()
                            .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
                } else {
                    Entry parsed = Entry.parse(path, entry.getKey(), entry.getValue());
                    tensors.put(entry.getKey(), parsed.tensor(path, data));
                    ranges.add(new long[] {parsed.begin(), parsed.end()});
                }
            }
            requireGapless(path, ranges, data.byteSize());
            return new SafetensorsFile(path, arena, tensors, metadata);
        } catch (TensorFileException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) throws TensorFileException {
        if (Files.isDirectory(path)) {
            throw new TensorFileException(
                    path + ": is a folder, not a safetensors file",
                    "Name the .safetensors file inside it.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() < 8) {
                throw damaged(path, "is " + channel.size() + " bytes long, too short for a header");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (NoSuchFileException e) {
            throw new TensorFileException(
                    path + ": there is no such file", "Copy or download the model's files again.");
        } catch (IOException e) {
            throw new TensorFileException(
                    path + ": cannot be read (" + e.getMessage() + ")",
                    "Check the file's permissions and the disk.");
        }
    }

    private static long headerBytes(Path path, MemorySegment file) throws TensorFileException {
        long length =
                file.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        // Negative stands for 2⁶³ and more: the format's number is unsigned.
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw damaged(
                    path,
                    "says its header is "
                            + Long.toUnsignedString(length)
                            + " bytes long; at most "
                            + MAX_HEADER_BYTES
                            + " are allowed");
        }
        if (length > file.byteSize() - 8) {
            throw damaged(
                    path,
                    "says its header is "
                            + length
                            + " bytes long, but only "
                            + (file.byteSize() - 8)
                            + " follow");
        }
        return length;
    }

    private static ObjectNode header(Path path, MemorySegment file, long length)
            throws TensorFileException {
        byte[] text = file.asSlice(8, length).toArray(ValueLayout.JAVA_BYTE);
        try {
            JsonNode node = MAPPER.readTree(new String(text, StandardCharsets.UTF_8));
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw damaged(path, "has a header that is no JSON object");
        } catch (JsonProcessingException e) {
            throw damaged(
                    path, "has a header that is not valid JSON: " + brief(e.getOriginalMessage()));
        }
    }

    private static String brief(String text) {
        return text == null || text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    /** Where a tensor lies in the data part, bytes. */
    private record Entry(String name, DType dtype, long[] shape, long begin, long end) {

        static Entry parse(Path path, String name, JsonNode node) throws TensorFileException {
            String type = node.path("dtype").asText("");
            DType dtype =
                    DType.of(type)
                            .orElseThrow(
                                    () ->
                                            new TensorFileException(
                                                    path
                                                            + ": "
                                                            + shown(name)
                                                            + ": has the dtype \""
                                                            + brief(type)
                                                            + "\", which this program does not know",
                                                    "Convert the checkpoint to F32, F16 or BF16."));
            JsonNode sizes = node.path("shape");
            JsonNode offsets = node.path("data_offsets");
            if (!sizes.isArray() || !offsets.isArray() || offsets.size() != 2) {
                throw damaged(path, shown(name) + ": lacks its shape or its two data_offsets");
            }
            long[] shape = new long[sizes.size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = whole(path, name, sizes.get(i));
            }
            return new Entry(
                    name,
                    dtype,
                    shape,
                    whole(path, name, offsets.get(0)),
                    whole(path, name, offsets.get(1)));
        }

        private static long whole(Path path, String name, JsonNode node)
                throws TensorFileException {
            if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
                throw damaged(
                        path,
                        shown(name) + ": " + brief(node.toString()) + " is no size or offset");
            }
            return node.longValue();
        }

        Tensor tensor(Path path, MemorySegment data) throws TensorFileException {
            if (begin > end || end > data.byteSize()) {
                throw damaged(
                        path,
                        shown(name)
                                + ": lies at bytes "
                                + begin
                                + " to "
                                + end
                                + " of "
                                + data.byteSize());
            }
            try {
                return new Tensor(name, dtype, shape, data.asSlice(begin, end - begin));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw damaged(path, "shape and bytes disagree: " + brief(e.getMessage()));
            }
        }
    }

    private static void requireGapless(Path path, List<long[]> ranges, long bytes)
            throws TensorFileException {
        ranges.sort(Comparator.<long[]>comparingLong(r -> r[0]).thenComparingLong(r -> r[1]));
        long at = 0;
        for (long[] range : ranges) {
            if (range[0] != at) {
                throw damaged(
                        path,
                        range[0] < at
                                ? "has tensors that overlap at byte " + range[0]
                                : "has a hole between bytes " + at + " and " + range[0]);
            }
            at = range[1];
        }
        if (at != bytes) {
            throw damaged(path, "has " + (bytes - at) + " bytes that belong to no tensor");
        }
    }

    private static String shown(String name) {
        return brief(name).replaceAll("\\p{Cntrl}", " ");
    }

    private static TensorFileException damaged(Path path, String what) {
        return new TensorFileException(
                path + ": " + what,
                "Copy or download the file again; compare its size and checksum with the source.");
    }

    /** Where it was read from. */
    public Path path() {
        return path;
    }

    /** The tensors by name in the header's order, read-only views of the file. */
    public Map<String, Tensor> tensors() {
        return tensors;
    }

    /** The header's text pairs. */
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void close() {
        arena.close();
    }
}
