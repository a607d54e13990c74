package io.pocketllm.tensor;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
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

    private final Path path;
    private final Arena arena;
    private final MemorySegment mapped;
    private final Map<String, Tensor> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(
            Path path,
            Arena arena,
            MemorySegment mapped,
            Map<String, Tensor> tensors,
            Map<String, String> metadata) {
        this.path = path;
        this.arena = arena;
        this.mapped = mapped;
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
            SafetensorsHeader header =
                    SafetensorsHeader.read(path, new SegmentStream(file.asSlice(8, headerBytes)));
            MemorySegment data = file.asSlice(8 + headerBytes);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            List<long[]> ranges = new ArrayList<>();
            for (SafetensorsHeader.Entry entry : header.entries()) {
                tensors.put(entry.name(), tensor(path, entry, data));
                ranges.add(new long[] {entry.begin(), entry.end()});
            }
            requireGapless(path, ranges, data.byteSize());
            return new SafetensorsFile(path, arena, file, tensors, header.metadata());
        } catch (TensorFileException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) throws TensorFileException {
        // A pipe would be waited on for ever.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new TensorFileException(
                    path
                            + (Files.isDirectory(path) ? ": is a folder" : ": is no plain file")
                            + ", not a safetensors file",
                    "Name the .safetensors file inside it.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() < 8) {
                throw SafetensorsHeader.damaged(
                        path, "is " + channel.size() + " bytes long, too short for a header");
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
            throw SafetensorsHeader.damaged(
                    path,
                    "says its header is "
                            + Long.toUnsignedString(length)
                            + " bytes long; at most "
                            + MAX_HEADER_BYTES
                            + " are allowed");
        }
        if (length > file.byteSize() - 8) {
            throw SafetensorsHeader.damaged(
                    path,
                    "says its header is "
                            + length
                            + " bytes long, but only "
                            + (file.byteSize() - 8)
                            + " follow");
        }
        return length;
    }

    private static Tensor tensor(Path path, SafetensorsHeader.Entry entry, MemorySegment data)
            throws TensorFileException {
        if (entry.begin() > entry.end() || entry.end() > data.byteSize()) {
            throw SafetensorsHeader.damaged(
                    path,
                    SafetensorsHeader.shown(entry.name())
                            + ": lies at bytes "
                            + entry.begin()
                            + " to "
                            + entry.end()
                            + " of "
                            + data.byteSize());
        }
        try {
            return new Tensor(
                    entry.name(),
                    entry.dtype(),
                    entry.shape(),
                    data.asSlice(entry.begin(), entry.end() - entry.begin()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw SafetensorsHeader.damaged(
                    path,
                    SafetensorsHeader.shown(entry.name())
                            + ": shape and bytes disagree: "
                            + SafetensorsHeader.shown(e.getMessage()));
        }
    }

    private static void requireGapless(Path path, List<long[]> ranges, long bytes)
            throws TensorFileException {
        ranges.sort(Comparator.<long[]>comparingLong(r -> r[0]).thenComparingLong(r -> r[1]));
        long at = 0;
        for (long[] range : ranges) {
            if (range[0] != at) {
                throw SafetensorsHeader.damaged(
                        path,
                        range[0] < at
                                ? "has tensors that overlap at byte " + range[0]
                                : "has a hole between bytes " + at + " and " + range[0]);
            }
            at = range[1];
        }
        if (at != bytes) {
            throw SafetensorsHeader.damaged(
                    path, "has " + (bytes - at) + " bytes that belong to no tensor");
        }
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

    /**
     * Copies a tensor, bit for bit or widened exactly into fp32. The numbers are read from the file
     * and not through the mapping, whose pages would stay resident beside the copy.
     *
     * @param name one of {@link #tensors}
     * @param target of the same format or fp32, of as many numbers
     * @throws IOException where the file cannot be read any more
     */
    public void read(String name, Tensor target) throws IOException {
        Tensor view = tensors.get(name);
        long at = view.memory().address() - mapped.address();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            WeightReader.read(channel, at, view, target);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
