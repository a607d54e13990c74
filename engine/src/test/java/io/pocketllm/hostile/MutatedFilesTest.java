package io.pocketllm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.model.ModelException;
import io.pocketllm.model.OnnxExport;
import io.pocketllm.onnx.OnnxException;
import io.pocketllm.onnx.OnnxFile;
import io.pocketllm.onnx.TinyExport;
import io.pocketllm.onnx.TinyExport.Head;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.TensorFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Good files with some bytes changed, cut or doubled: read, or refused in the room's own way. */
class MutatedFilesTest {

    private static final byte[] SAFETENSORS =
            Bytes.safetensors(
                    "{\"__metadata__\":{\"format\":\"pt\"},"
                            + Bytes.entry("a.weight", "F32", "[2,3]", "[0,24]")
                            + ","
                            + Bytes.entry("b", "BF16", "[4]", "[24,32]")
                            + ","
                            + Bytes.entry("c", "I64", "[]", "[32,40]")
                            + "}",
                    40);

    private static final List<byte[]> MODELS =
            List.of(
                    onnx(TinyExport.encoder().opset(17)),
                    onnx(TinyExport.encoder().asConstants().head(Head.PLAIN_COPY)),
                    onnx(TinyExport.encoder().inHalves().head(Head.TRANSPOSED_COPY)),
                    onnx(TinyExport.encoder().withExternalData()));

    private static Path folder;

    private static byte[] onnx(TinyExport export) {
        return export.build(new ByteArrayOutputStream()).toByteArray();
    }

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("mutated");
        TinyExport.encoder().withExternalData().write(folder);
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void safetensorsAreReadOrRefused(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int changes) throws IOException {
        Path file =
                Files.write(folder.resolve("w.safetensors"), mutated(SAFETENSORS, seed, changes));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            long bytes = 0;
            for (Tensor tensor : read.tensors().values()) {
                bytes += tensor.memory().byteSize();
            }
            assertThat(bytes).isLessThan(Files.size(file));
        } catch (TensorFileException e) {
            assertRefusal(file, e, e.hint());
        }
    }

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void onnxFilesAreReadOrRefused(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3) int model,
            @ForAll @Positive @IntRange(min = 1, max = 8) int changes)
            throws IOException {
        Path file =
                Files.write(
                        folder.resolve("model.onnx"), mutated(MODELS.get(model), seed, changes));
        try (OnnxFile read = OnnxFile.open(file)) {
            assertThat(read.graph().toBytes()).isNotEmpty();
        } catch (OnnxException e) {
            assertRefusal(file, e, e.hint());
        }
        try (OnnxExport read = OnnxExport.open(file)) {
            assertThat(read.graph().toBytes()).isNotEmpty();
        } catch (ModelException e) {
            assertRefusal(file, e, e.hint());
        }
    }

    private static void assertRefusal(Path file, Exception refused, String hint) {
        assertThat(refused).hasMessageStartingWith(file + ": ");
        assertThat(refused.getMessage()).hasSizeLessThan(2000);
        assertThat(hint).isNotBlank();
    }

    private static byte[] mutated(byte[] good, long seed, int changes) {
        Random random = new Random(seed);
        byte[] bytes = good.clone();
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 ->
                        bytes[at] =
                                "0123456789-{}[],:\".e"
                                        .getBytes(StandardCharsets.US_ASCII)[random.nextInt(20)];
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> {
                    int length = Math.min(random.nextInt(32), bytes.length - at);
                    System.arraycopy(
                            bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 16);
                    System.arraycopy(
                            bytes,
                            at,
                            longer,
                            Math.min(at + 16, longer.length - (bytes.length - at)),
                            bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
