package io.pocketllm.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An ONNX model file, memory-mapped. Its weights are views of the mapping and never copied to the
 * heap; pages that nothing reads never become resident.
 *
 * <p>Closing it takes the mapping away, so every view of a weight dies with it.
 */
public final class OnnxFile implements AutoCloseable {

    /**
     * Protobuf's own limit: offsets inside a message are 31 bits. Larger models keep weights beside
     * the file.
     */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    private final Path path;
    private final Arena arena;
    private final ModelProto model;
    private final Map<String, Tensor> weights;

    private OnnxFile(Path path, Arena arena, ModelProto model, Map<String, Tensor> weights) {
        this.path = path;
        this.arena = arena;
        this.model = model;
        this.weights = weights;
    }

    /**
     * Maps and parses a file.
     *
     * @throws OnnxException where it is missing, no ONNX model, damaged, or larger than 2 GiB
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
            return new OnnxFile(path, arena, model, weights(path, model.getGraph()));
        } catch (OnnxException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) throws OnnxException {
        if (Files.isDirectory(path)) {
            throw new OnnxException(
                    path + ": is a folder, not an ONNX file", "Name the .onnx file inside it.");
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
            // Aliasing: weights stay slices of the mapping instead of becoming heap arrays.
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            input.setSizeLimit(Integer.MAX_VALUE);
            return ModelProto.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            throw new OnnxException(
                    path + ": is damaged or no ONNX file (" + e.getMessage() + ")",
                    "Copy or download the model file again; compare its size and checksum with the source.");
        } catch (IOException e) {
            throw new OnnxException(
                    path + ": cannot be read (" + e.getMessage() + ")", "Check the disk.");
        }
    }

    private static Map<String, Tensor> weights(Path path, GraphProto graph) throws OnnxException {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (TensorProto proto : graph.getInitializerList()) {
            if (proto.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
                continue;
            }
            if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                throw new OnnxException(
                        path
                                + ": "
                                + proto.getName()
                                + ": keeps its numbers in a file of their own",
                        "Export the model into a single ONNX file.");
            }
            long[] shape = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
            weights.put(proto.getName(), weight(path, proto, shape));
        }
        return weights;
    }

    private static Tensor weight(Path path, TensorProto proto, long[] shape) throws OnnxException {
        try {
            if (proto.hasRawData()) {
                ByteString raw = proto.getRawData();
                return new Tensor(
                        proto.getName(), shape, MemorySegment.ofBuffer(raw.asReadOnlyByteBuffer()));
            }
            MemorySegment copy = Arena.ofAuto().allocate(4L * proto.getFloatDataCount(), 64);
            for (int i = 0; i < proto.getFloatDataCount(); i++) {
                copy.setAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, i, proto.getFloatData(i));
            }
            return new Tensor(proto.getName(), shape, copy);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new OnnxException(
                    path + ": damaged weight: " + e.getMessage(),
                    "Copy or download the model file again.");
        }
    }

    /** Where it was read from. */
    public Path path() {
        return path;
    }

    /** The parsed model. Its weights' bytes are views of the mapping. */
    public ModelProto model() {
        return model;
    }

    /** The fp32 weights by name, read-only views of the file. */
    public Map<String, Tensor> weights() {
        return weights;
    }

    @Override
    public void close() {
        arena.close();
    }
}
