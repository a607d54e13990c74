package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * An ONNX model file and the data files beside it, memory-mapped. Weights are views of the mappings
 * and never copied to the heap; pages that nothing reads never become resident.
 *
 * <p>The model file itself has at most 2 GiB, its external data any size. Closing it takes the
 * mappings away, so every view of a weight dies with it.
 */
public final class OnnxFile implements AutoCloseable {

    /**
     * Protobuf's own limit: offsets inside a message are 31 bits. Larger models keep weights beside
     * the file.
     */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    /** Graphs of models with a hundred layers stay below a tenth of it. */
    private static final long MAX_STRUCTURE_BYTES = 192L << 20;

    private final Path path;
    private final Arena arena;
    private final ModelProto model;
    private final WeightGraph weights;

    private OnnxFile(Path path, Arena arena, ModelProto model, WeightGraph weights) {
        this.path = path;
        this.arena = arena;
        this.model = model;
        this.weights = weights;
    }

    /**
     * Maps and parses a file and finds its weights.
     *
     * @throws OnnxException where it is missing, no ONNX model, damaged, larger than 2 GiB, or asks
     *     for data outside its folder
     */
    public static OnnxFile open(Path path) throws OnnxException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment mapped = map(path, arena);
            ModelProto model = parse(path, mapped.asByteBuffer());
            if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
                throw new OnnxException(
                        path + ": is no ONNX model: it holds no graph",
                        "Name a model.onnx file as exported by Optimum or torch.onnx.");
            }
            WeightGraph weights =
                    WeightGraph.of(path.toString(), model, new ExternalData(path, arena));
            return new OnnxFile(path, arena, model, weights);
        } catch (OnnxException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) throws OnnxException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new OnnxException(
                    path
                            + (Files.isDirectory(path) ? ": is a folder" : ": is no plain file")
                            + ", not an ONNX file",
                    "Name the .onnx file inside it.");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0) {
                throw new OnnxException(
                        path + ": is empty", "Copy or download the model file again.");
            }
            if (size > MAX_BYTES) {
                throw new OnnxException(
                        path + ": is larger than 2 GiB, more than one ONNX file can hold",
                        "Export it with external data.");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
        } catch (NoSuchFileException e) {
            throw new OnnxException(
                    path + ": there is no such model file",
                    "Check model.path in the run file, or use builtin:all-MiniLM-L6-v2.");
        } catch (IOException e) {
            throw new OnnxException(
                    path + ": cannot be read (" + e.getMessage() + ")",
                    "Check the file's permissions and the disk.");
        }
    }

    private static ModelProto parse(Path path, ByteBuffer bytes) throws OnnxException {
        try {
            WireCheck.requireSmall(
                    input(bytes.duplicate()), ModelProto.getDescriptor(), MAX_STRUCTURE_BYTES);
            return ModelProto.parseFrom(input(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new OnnxException(
                    path + ": is damaged or no ONNX file (" + Shown.of(e.getMessage()) + ")",
                    "Copy or download the model file again; compare its size and checksum with the source.");
        } catch (IOException e) {
            throw new OnnxException(
                    path + ": cannot be read (" + e.getMessage() + ")", "Check the disk.");
        }
    }

    private static CodedInputStream input(ByteBuffer bytes) {
        // Aliasing: weights stay slices of the mapping instead of becoming heap arrays.
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        input.setSizeLimit(Integer.MAX_VALUE);
        return input;
    }

    /** Where it was read from. */
    public Path path() {
        return path;
    }

    /** The model as the file has it. Raw bytes of its tensors are views of the mapping. */
    public ModelProto model() {
        return model;
    }

    /** A new graph whose weights are inputs; copies of a weight read the one input. */
    public OnnxGraph graph() {
        return new OnnxGraph(weights);
    }

    /** The weights by the graph's names, as stored, read-only views of the files. */
    public Map<String, Tensor> weights() {
        return weights.tensors();
    }

    /**
     * For each weight a name for people, such as {@code encoder.layer.0.output.dense.weight}: read
     * from the nodes where the export has none of its own.
     */
    public Map<String, String> publishedNames() {
        return weights.publishedNames();
    }

    /**
     * Weights that the file holds again, as they are or transposed, by the name of the copy. They
     * are no weights of their own: where the graph read them it reads the owner, which is the
     * value.
     */
    public Map<String, String> tiedCopies() {
        return weights.tiedCopies();
    }

    @Override
    public void close() {
        arena.close();
    }
}
