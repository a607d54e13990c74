package io.pocketllm.model.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streaming in stripes and windows gives the bytes that converting in one piece gives. */
class BaseWriterTest {

    private static final int IN = 70;
    private static final int OUT = 205;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "channel, true, F32", "channel, false, F16", "channel, false, BF16",
        "eight, true, F16", "four, true, BF16", "four, false, F32"
    })
    void stripesAddUpToTheWhole(String kind, boolean outputsFirst, DType dtype) throws Exception {
        Kernel kernel =
                switch (kind) {
                    case "channel" -> new ChannelKernel();
                    case "eight" -> new BlockKernel(8, 32);
                    default -> new BlockKernel(4, 32);
                };
        Matrix matrix = Matrix.linear("w", IN, OUT, outputsFirst);
        Tensor stored = tensor(matrix, dtype);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        WeightSource source =
                new WeightSource(
                        List.of(folder),
                        () -> {
                            opened.incrementAndGet();
                            assertThat(open.incrementAndGet()).as("mappings at a time").isOne();
                            return new WeightSource.Opened(
                                    Map.of("w", stored), open::decrementAndGet);
                        });

        Path file = folder.resolve("weights.bin");
        Map<String, BaseFile.Entry> entries =
                BaseWriter.write(source, List.of(matrix), m -> kernel, file, 9_000);

        MemorySegment[] whole = KernelTest.convert(kernel, matrix, outputs(matrix, stored));
        byte[] written = Files.readAllBytes(file);
        List<Kernel.Part> parts = kernel.parts(matrix);
        assertThat(entries).hasSize(parts.size());
        for (int i = 0; i < whole.length; i++) {
            BaseFile.Entry entry = entries.get("w" + parts.get(i).suffix());
            assertThat(entry.offset() % 4096).isZero();
            assertThat(
                            java.util.Arrays.copyOfRange(
                                    written,
                                    (int) entry.offset(),
                                    (int) (entry.offset() + entry.bytes())))
                    .isEqualTo(whole[i].toArray(ValueLayout.JAVA_BYTE));
        }
        assertThat(opened.get()).as("mappings in all").isGreaterThan(3);
        assertThat(open.get()).as("mappings left open").isZero();
    }

    private static Tensor tensor(Matrix matrix, DType dtype) {
        long[] shape = matrix.outputsFirst() ? new long[] {OUT, IN} : new long[] {IN, OUT};
        Tensor tensor =
                new Tensor(
                        "w",
                        dtype,
                        shape,
                        Arena.ofAuto().allocate((long) IN * OUT * dtype.bytes()));
        float[] weights = KernelTest.weights(IN * OUT, 0.3f, 7);
        for (int i = 0; i < weights.length; i++) {
            if (dtype == DType.BF16) {
                short upper = (short) (Float.floatToRawIntBits(weights[i]) >> 16);
                tensor.memory().setAtIndex(ValueLayout.JAVA_SHORT, i, upper);
            } else {
                tensor.set(i, weights[i]);
            }
        }
        return tensor;
    }

    private static float[] outputs(Matrix matrix, Tensor stored) {
        float[] weights = new float[IN * OUT];
        for (int o = 0; o < OUT; o++) {
            for (int i = 0; i < IN; i++) {
                int at = matrix.outputsFirst() ? o * IN + i : i * OUT + o;
                weights[o * IN + i] = stored.get(at);
            }
        }
        return weights;
    }
}
