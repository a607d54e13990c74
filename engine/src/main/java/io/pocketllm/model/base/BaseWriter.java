package io.pocketllm.model.base;

import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Streams a checkpoint into another format: one matrix after the other, each in stripes of outputs.
 * Needs {@link #BUFFER_BYTES} and as much again of the mapped source, however large the model is.
 */
final class BaseWriter {

    /** Room for one stripe, and bytes of the source that are mapped and read at a time. */
    static final long BUFFER_BYTES = 32L << 20;

    /** Outputs that one thread converts in one go: as many halves as fill a cache line. */
    private static final int PANEL = 32;

    /** ONNX Runtime maps an array without copying where it starts on a page. */
    private static final long ALIGNMENT_BYTES = 4096;

    private final WeightSource source;
    private final long bufferBytes;
    private final FileChannel file;
    private final WeightWindow window;
    private final Map<String, BaseFile.Entry> entries = new LinkedHashMap<>();
    private long end;

    private BaseWriter(
            WeightSource source, FileChannel file, WeightWindow window, long bufferBytes) {
        this.source = source;
        this.bufferBytes = bufferBytes;
        this.file = file;
        this.window = window;
    }

    /**
     * Writes the data file.
     *
     * @return where each array lies; checksums are still to be computed
     * @throws ModelException where a weight is infinite or no number
     */
    static Map<String, BaseFile.Entry> write(
            WeightSource source,
            List<Matrix> matrices,
            Function<Matrix, Kernel> kernels,
            Path target,
            long bufferBytes)
            throws ModelException, IOException {
        try (FileChannel file =
                        FileChannel.open(
                                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                WeightWindow window = new WeightWindow(source, bufferBytes)) {
            BaseWriter writer = new BaseWriter(source, file, window, bufferBytes);
            for (Matrix matrix : matrices) {
                writer.write(matrix, kernels.apply(matrix));
            }
            file.force(false);
            return writer.entries;
        }
    }

    private void write(Matrix matrix, Kernel kernel) throws ModelException, IOException {
        Matrix read = kernel instanceof FloatKernel ? matrix.rowMajor() : matrix;
        List<Kernel.Part> parts = kernel.parts(read);
        long[] offsets = new long[parts.size()];
        long bytesPerOutput = 0;
        for (int i = 0; i < offsets.length; i++) {
            Kernel.Part part = parts.get(i);
            offsets[i] = (end + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
            long bytes = (long) read.outSize() * part.bytesPerOutput();
            end = offsets[i] + bytes;
            entries.put(
                    matrix.name() + part.suffix(),
                    new BaseFile.Entry(part.dtype(), part.shape(), offsets[i], bytes, 0));
            bytesPerOutput += part.bytesPerOutput();
        }
        int stripe = (int) Math.clamp(bufferBytes / bytesPerOutput, 1, read.outSize());
        try (Arena arena = Arena.ofShared()) {
            MemorySegment[] buffers = new MemorySegment[offsets.length];
            for (int i = 0; i < offsets.length; i++) {
                buffers[i] = arena.allocate((long) stripe * parts.get(i).bytesPerOutput(), 64);
            }
            for (int first = 0; first < read.outSize(); first += stripe) {
                int count = Math.min(stripe, read.outSize() - first);
                convert(read, kernel, first, count, buffers);
                for (int i = 0; i < offsets.length; i++) {
                    write(parts.get(i), offsets[i], buffers[i], read.outSize(), first, count);
                }
            }
        }
    }

    private void convert(
            Matrix matrix, Kernel kernel, int first, int count, MemorySegment[] buffers)
            throws ModelException {
        // Fewer outputs at once than a stripe has: a stripe of four-bit codes reads 4 to 8 times
        // its size.
        int in = matrix.inSize();
        int step = Math.max(PANEL, (int) (bufferBytes / (4L * in)) / PANEL * PANEL);
        for (int from = 0; from < count; from += step) {
            int start = from;
            int length = Math.min(step, count - from);
            Tensor tensor = window.tensor(matrix.name(), 4L * in * length);
            try {
                IntStream.range(0, (length + PANEL - 1) / PANEL)
                        .parallel()
                        .forEach(
                                p -> {
                                    int at = start + p * PANEL;
                                    int n = Math.min(PANEL, start + length - at);
                                    float[] panel = new float[n * in];
                                    WeightWindow.read(tensor, matrix, first + at, n, panel);
                                    for (int o = 0; o < n; o++) {
                                        kernel.convert(panel, o * in, in, at + o, count, buffers);
                                    }
                                });
            } catch (Kernel.NotFinite e) {
                throw new ModelException(
                        source.files().getFirst()
                                + ": "
                                + matrix.name()
                                + " holds a number that is infinite or no number; it cannot be"
                                + " converted",
                        "Use the base format \"stored\", or a checkpoint whose training did not"
                                + " diverge.");
            }
        }
    }

    private void write(
            Kernel.Part part, long offset, MemorySegment buffer, int outputs, int first, int count)
            throws IOException {
        if (part.inputsFirst() && count < outputs) {
            int bytes = part.dtype().bytes();
            int inputs = part.bytesPerOutput() / bytes;
            for (int i = 0; i < inputs; i++) {
                long at = offset + ((long) i * outputs + first) * bytes;
                put(buffer.asSlice((long) i * count * bytes, (long) count * bytes), at);
            }
            return;
        }
        long bytes = (long) count * part.bytesPerOutput();
        put(buffer.asSlice(0, bytes), offset + (long) first * part.bytesPerOutput());
    }

    private void put(MemorySegment bytes, long at) throws IOException {
        ByteBuffer buffer = bytes.asByteBuffer();
        while (buffer.hasRemaining()) {
            at += file.write(buffer, at);
        }
    }
}
