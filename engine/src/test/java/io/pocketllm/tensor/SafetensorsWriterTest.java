package io.pocketllm.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back by a little reader of the format's own description. */
class SafetensorsWriterTest {

    @TempDir private Path folder;

    /**
     * The format as github.com/huggingface/safetensors describes it.
     *
     * @param header JSON
     * @param data what follows the header
     */
    private record Safetensors(JsonNode header, ByteBuffer data, int headerBytes) {

        static Safetensors read(Path file) throws IOException {
            ByteBuffer all =
                    ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            byte[] json = new byte[Math.toIntExact(all.getLong())];
            all.get(json);
            return new Safetensors(
                    new JsonMapper().readTree(json),
                    all.slice().order(ByteOrder.LITTLE_ENDIAN),
                    json.length);
        }

        float[] floats(String name) {
            JsonNode entry = header.get(name);
            assertThat(entry.get("dtype").textValue()).isEqualTo("F32");
            int from = entry.get("data_offsets").get(0).intValue();
            int to = entry.get("data_offsets").get(1).intValue();
            float[] values = new float[(to - from) / 4];
            for (int i = 0; i < values.length; i++) {
                values[i] = data.getFloat(from + 4 * i);
            }
            return values;
        }

        List<Long> shape(String name) {
            List<Long> shape = new ArrayList<>();
            header.get(name).get("shape").forEach(size -> shape.add(size.longValue()));
            return shape;
        }
    }

    @Test
    void everyTensorComesBackWithItsShapeAndItsBits() throws IOException {
        float[] odd = {1.5f, -0f, Float.NaN, Float.MIN_VALUE, Float.POSITIVE_INFINITY, 3e38f};
        Path file = folder.resolve("adapter.safetensors");
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("classifier.weight", 3, 2).copyFrom(odd);
            store.allocate("scalar").set(0, 42);
            store.allocate("größe \"q\"", 1, 1, 2).copyFrom(new float[] {7, 8});

            SafetensorsWriter.write(file, store.tensors(), Map.of("format", "pt", "ä", "\n"));
        }

        Safetensors read = Safetensors.read(file);
        assertThat(read.floats("classifier.weight")).containsExactly(odd);
        assertThat(read.shape("classifier.weight")).containsExactly(3L, 2L);
        assertThat(read.floats("scalar")).containsExactly(42);
        assertThat(read.shape("scalar")).isEmpty();
        assertThat(read.floats("größe \"q\"")).containsExactly(7, 8);
        assertThat(read.shape("größe \"q\"")).containsExactly(1L, 1L, 2L);
        assertThat(read.header().get("__metadata__").get("format").textValue()).isEqualTo("pt");
        assertThat(read.header().get("__metadata__").get("ä").textValue()).isEqualTo("\n");
        assertThat(read.header().size()).isEqualTo(4);
    }

    @Test
    void tensorsFollowEachOtherWithoutGapsToTheEndOfTheFile() throws IOException {
        Path file = folder.resolve("m.safetensors");
        try (ParameterStore store = new ParameterStore()) {
            for (int i = 1; i <= 5; i++) {
                store.allocate("t" + i, i);
            }
            SafetensorsWriter.write(file, store.tensors(), Map.of());
        }

        Safetensors read = Safetensors.read(file);
        int end = 0;
        for (int i = 1; i <= 5; i++) {
            JsonNode offsets = read.header().get("t" + i).get("data_offsets");
            assertThat(offsets.get(0).intValue()).isEqualTo(end);
            end = offsets.get(1).intValue();
        }
        assertThat(end).isEqualTo(read.data().capacity()).isEqualTo(4 * 15);
        assertThat(read.header().has("__metadata__")).isFalse();
    }

    @Test
    void theHeaderIsPaddedSoThatTheNumbersAreAligned() throws IOException {
        for (int length = 1; length <= 9; length++) {
            Path file = folder.resolve(length + ".safetensors");
            try (ParameterStore store = new ParameterStore()) {
                store.allocate("n".repeat(length), 1).set(0, length);
                SafetensorsWriter.write(file, store.tensors(), Map.of());
            }

            Safetensors read = Safetensors.read(file);
            assertThat(read.headerBytes() % 8).as("name of %d letters", length).isZero();
            assertThat(read.floats("n".repeat(length))).containsExactly(length);
        }
    }

    @Test
    void aNewFileTakesThePlaceOfTheOldOneAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        Files.writeString(file, "an older and much longer file".repeat(1000));
        Files.writeString(folder.resolve("checkpoint.safetensors.partial"), "left by a kill");
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("w", 1).set(0, 3);
            SafetensorsWriter.write(file, store.tensors(), Map.of());
        }

        assertThat(Safetensors.read(file).floats("w")).containsExactly(3);
        assertThat(folder).isDirectoryContaining("glob:**/checkpoint.safetensors");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFailedWriteLeavesTheOldFileAsItWas() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        Files.writeString(file, "the last good one");
        ParameterStore store = new ParameterStore();
        List<Tensor> tensors = List.of(store.allocate("w", 4));
        store.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> SafetensorsWriter.write(file, tensors, Map.of()));

        assertThat(file).hasContent("the last good one");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        Path file = folder.resolve("missing").resolve("m.safetensors");

        assertThatIOException()
                .isThrownBy(() -> SafetensorsWriter.write(file, List.of(), Map.of()))
                .withMessageContaining("missing");
    }
}
