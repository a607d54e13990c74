package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The files beside a model that hold its large tensors (ONNX external data), each memory-mapped
 * once. Nothing outside the model's own folder is opened, whatever the model asks for.
 */
final class ExternalData {

    private static final String AGAIN =
            "Copy or download the model with all files that belong to it again.";

    private final Path model;
    private final Arena arena;
    private final Map<Path, MemorySegment> mapped = new HashMap<>();

    ExternalData(Path model, Arena arena) {
        this.model = model;
        this.arena = arena;
    }

    /**
     * A tensor's bytes, read-only.
     *
     * @param bytes how many its shape needs
     */
    MemorySegment bytes(TensorProto tensor, long bytes) throws OnnxException {
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        String location = entries.getOrDefault("location", "");
        long offset = number(tensor, "offset", entries.getOrDefault("offset", "0"));
        long length =
                number(tensor, "length", entries.getOrDefault("length", String.valueOf(bytes)));
        if (length != bytes) {
            throw new OnnxException(
                    model
                            + ": "
                            + Shown.of(tensor.getName())
                            + ": its shape needs "
                            + bytes
                            + " bytes, but "
                            + length
                            + " are kept outside",
                    AGAIN);
        }
        MemorySegment file = file(tensor, location);
        if (offset > file.byteSize() || length > file.byteSize() - offset) {
            throw new OnnxException(
                    model
                            + ": "
                            + Shown.of(tensor.getName())
                            + ": lies at bytes "
                            + offset
                            + " to "
                            + offset
                            + " + "
                            + length
                            + " of "
                            + Shown.of(location)
                            + ", which has "
                            + file.byteSize(),
                    AGAIN);
        }
        return file.asSlice(offset, length);
    }

    private long number(TensorProto tensor, String key, String text) throws OnnxException {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the refusal below.
        }
        throw new OnnxException(
                model
                        + ": "
                        + Shown.of(tensor.getName())
                        + ": has the external "
                        + key
                        + " \""
                        + Shown.of(text)
                        + "\", which is no number of bytes",
                AGAIN);
    }

    private MemorySegment file(TensorProto tensor, String location) throws OnnxException {
        try {
            Path folder = model.toAbsolutePath().getParent().toRealPath();
            Path file = inside(tensor, folder, location);
            MemorySegment known = mapped.get(file);
            if (known != null) {
                return known;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                MemorySegment all =
                        channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
                mapped.put(file, all);
                return all;
            }
        } catch (IOException e) {
            throw new OnnxException(
                    model
                            + ": "
                            + Shown.of(tensor.getName())
                            + ": its numbers are in "
                            + Shown.of(location)
                            + ", which cannot be read ("
                            + Shown.of(e.getMessage())
                            + ")",
                    AGAIN);
        }
    }

    /** The real file of a location, refused where it is not below the model's folder. */
    private Path inside(TensorProto tensor, Path folder, String location)
            throws IOException, OnnxException {
        Path relative;
        try {
            relative = Path.of(location);
        } catch (InvalidPathException e) {
            throw outside(tensor, location);
        }
        // Text before path: what Windows takes for a drive is a plain name elsewhere.
        boolean plain =
                !location.isBlank()
                        && !relative.isAbsolute()
                        && !location.matches("(?s).*[\\\\:\\x00].*")
                        && !location.startsWith("/");
        for (Path part : relative) {
            plain &= !part.toString().equals("..");
        }
        if (!plain) {
            throw outside(tensor, location);
        }
        Path file = folder.resolve(relative);
        if (!Files.exists(file)) {
            throw new OnnxException(
                    model
                            + ": "
                            + Shown.of(tensor.getName())
                            + ": its numbers are in "
                            + Shown.of(location)
                            + ", which is not there",
                    "Put " + Shown.of(location) + " beside the model file.");
        }
        Path real = file.toRealPath();
        if (!real.startsWith(folder) || !Files.isRegularFile(real)) {
            throw outside(tensor, location);
        }
        return real;
    }

    private OnnxException outside(TensorProto tensor, String location) {
        return new OnnxException(
                model
                        + ": "
                        + Shown.of(tensor.getName())
                        + ": asks for \""
                        + Shown.of(location)
                        + "\", which is no file inside the model's folder",
                "Only trust models that keep their data beside them; where links lead out of the folder"
                        + " (a download cache), copy the files they lead to.");
    }
}
