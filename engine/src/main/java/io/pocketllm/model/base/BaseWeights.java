package io.pocketllm.model.base;

import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's frozen weights in a base format. Quantised matrices become constants of the graph; all
 * else is fed, see {@link #fed}. Owns the mapping of its file in the cache: close it after the
 * passes that use it.
 */
public final class BaseWeights implements AutoCloseable {

    /** What both operators over blocks take at least. */
    private static final int SMALLEST_BLOCK = 16;

    private final BaseSpec spec;
    private final Map<String, Tensor> stored;
    private final Map<String, Matrix> matrices = new LinkedHashMap<>();
    private final BaseCache.Found found;
    private final Arena arena = Arena.ofShared();
    private final Map<String, Tensor> mapped = new LinkedHashMap<>();

    private BaseWeights(
            BaseSpec spec, Map<String, Tensor> stored, List<Matrix> matrices, BaseCache.Found found)
            throws IOException {
        this.spec = spec;
        this.stored = stored;
        this.found = found;
        matrices.forEach(m -> this.matrices.put(m.name(), m));
        if (found != null) {
            map();
        }
    }

    /** Floats are mapped: converted matrices to be fed, scales to be copied by who trains them. */
    private void map() throws IOException {
        try (FileChannel file = FileChannel.open(found.file().data(), StandardOpenOption.READ)) {
            MemorySegment all = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
            found.file()
                    .entries()
                    .forEach(
                            (name, entry) -> {
                                if (entry.dtype().isWeight()) {
                                    MemorySegment memory =
                                            all.asSlice(entry.offset(), entry.bytes());
                                    Matrix matrix = matrices.get(name);
                                    long[] shape =
                                            matrix == null
                                                    ? entry.shape()
                                                    : stored.get(name).shape();
                                    mapped.put(
                                            name, new Tensor(name, entry.dtype(), shape, memory));
                                }
                            });
        }
    }

    /**
     * Opens the weights in a format, converting them where the cache does not hold them yet: once,
     * in bounded memory.
     *
     * @param stored the model's weights
     * @param candidates what may be converted; a matrix that is in the format already, or whose
     *     rows do not divide into blocks, stays as it is
     * @param cache the program's cache folder
     * @throws ModelException where a weight cannot be converted or the cache not be written
     */
    public static BaseWeights open(
            BaseSpec spec,
            WeightSource source,
            Map<String, Tensor> stored,
            List<Matrix> candidates,
            java.nio.file.Path cache)
            throws ModelException {
        List<Matrix> converted =
                candidates.stream()
                        .filter(m -> isConverted(spec, m, stored.get(m.name())))
                        .toList();
        try {
            BaseCache.Found found =
                    converted.isEmpty()
                            ? null
                            : new BaseCache(cache)
                                    .open(source, spec.label(), converted, m -> kernel(spec, m));
            return new BaseWeights(spec, stored, converted, found);
        } catch (IOException e) {
            throw new ModelException(
                    cache + ": the converted weights cannot be mapped (" + e.getMessage() + ")",
                    "Check the disk and the permissions of the cache folder.");
        }
    }

    private static boolean isConverted(BaseSpec spec, Matrix matrix, Tensor stored) {
        return switch (spec.format()) {
            case AS_STORED -> false;
            case FP32 -> stored.dtype() != DType.F32;
            case FP16 -> stored.dtype() != DType.F16;
            case INT8, INT8_BLOCK, INT4 -> blockSize(spec, matrix) > 0;
        };
    }

    /**
     * The block size of a matrix; 0 where it cannot be in blocks. Rows of a table are looked up by
     * themselves, so blocks must fill them; and ONNX Runtime 1.26 reads four-bit zero points of
     * tables as if rows did not start at a byte, so there must be an even number. Where the block
     * size does not give that, a half or a quarter of it may.
     */
    private static int blockSize(BaseSpec spec, Matrix matrix) {
        if (!matrix.table()) {
            return spec.blockSize();
        }
        for (int size = spec.blockSize(); size >= SMALLEST_BLOCK; size /= 2) {
            boolean fills = matrix.inSize() % size == 0;
            if (fills && (spec.format() != BaseFormat.INT4 || matrix.inSize() / size % 2 == 0)) {
                return size;
            }
        }
        return 0;
    }

    static Kernel kernel(BaseSpec spec, Matrix matrix) {
        return switch (spec.format()) {
            case INT8 ->
                    matrix.table()
                            ? new BlockKernel(8, blockSize(spec, matrix))
                            : new ChannelKernel();
            case INT8_BLOCK -> new BlockKernel(8, blockSize(spec, matrix));
            case INT4 -> new BlockKernel(4, blockSize(spec, matrix));
            case FP32 -> new FloatKernel(DType.F32);
            case FP16 -> new FloatKernel(DType.F16);
            case AS_STORED -> throw new IllegalArgumentException("nothing to convert");
        };
    }

    /** The format. */
    public BaseSpec spec() {
        return spec;
    }

    /** How a graph reads a matrix; empty where it is fed. */
    public Optional<QuantisedMatrix> quantised(String name) {
        Matrix matrix = matrices.get(name);
        if (matrix == null || !spec.format().isQuantised()) {
            return Optional.empty();
        }
        boolean channel = spec.format() == BaseFormat.INT8 && !matrix.table();
        return Optional.of(
                new QuantisedMatrix(
                        matrix,
                        channel ? 0 : blockSize(spec, matrix),
                        spec.format() == BaseFormat.INT4 ? 4 : 8,
                        found.file()));
    }

    /** The format a weight is fed in. */
    public DType dtype(String name, DType stored) {
        Tensor other = mapped.get(name);
        return other == null ? stored : other.dtype();
    }

    /**
     * The weights to feed, those that are not quantised: the checkpoint's own, or converted to
     * another float format. A graph that trains some of them, or is built to leave some quantised
     * ones as they were, is fed those by its caller.
     */
    public Collection<Tensor> fed() {
        List<Tensor> fed = new ArrayList<>();
        stored.forEach(
                (name, tensor) -> {
                    if (quantised(name).isEmpty()) {
                        fed.add(mapped.getOrDefault(name, tensor));
                    }
                });
        return fed;
    }

    /**
     * The scales of the linear layers' blocks or outputs, named {@code <weight>.scales}: what QZO
     * (arXiv 2505.13430) trains. Read-only; to be copied.
     */
    public List<Tensor> scales() {
        return matrices.values().stream()
                .filter(m -> spec.format().isQuantised() && !m.table())
                .map(m -> mapped.get(m.name() + BaseFile.SCALES))
                .toList();
    }

    Matrix matrix(String name) {
        return matrices.get(name);
    }

    BaseFile file() {
        return found.file();
    }

    /** Bytes of the file in the cache; 0 where nothing is converted. */
    public long fileBytes() {
        return found == null ? 0 : found.file().dataBytes();
    }

    /** Seconds that converting took; 0 where the cache held the file. */
    public double conversionSeconds() {
        return found == null ? 0 : found.seconds();
    }

    /**
     * Compares every byte of the file in the cache with its checksum.
     *
     * @throws ModelException where one differs
     */
    public void verify() throws ModelException {
        if (found == null) {
            return;
        }
        try {
            found.file().verify();
        } catch (BaseFile.DamagedException e) {
            throw new ModelException(
                    e.getMessage(),
                    "Delete the folder " + found.file().data().getParent() + "; it is made again.");
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
