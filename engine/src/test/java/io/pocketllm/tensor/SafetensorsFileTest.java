package io.pocketllm.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer wrote is read back; damaged files have a table of their own. */
class SafetensorsFileTest {

    @TempDir private Path folder;

    @Test
    void tensorsComeBackByNameWithShapeNumbersAndMetadata() throws Exception {
        Path file = folder.resolve("w.safetensors");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1f, -2f, 3f, 4f);
            SafetensorsWriter.write(
                    file,
                    List.of(
                            new Tensor("a", new long[] {2, 2}, memory),
                            new Tensor("b", new long[0], memory.asSlice(4, 4))),
                    Map.of("format", "pt"));
        }

        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.tensors().keySet()).containsExactly("a", "b");
            assertThat(read.tensors().get("a").shape()).containsExactly(2, 2);
            assertThat(read.tensors().get("a").toArray()).containsExactly(1, -2, 3, 4);
            assertThat(read.tensors().get("b").get(0)).isEqualTo(-2);
            assertThat(read.metadata()).containsEntry("format", "pt");
            assertThat(read.tensors().get("a").memory().isReadOnly()).isTrue();
        }
    }

    @Test
    void halvesWidenExactly() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment halves =
                    arena.allocateFrom(
                            ValueLayout.JAVA_SHORT, (short) 0x3C00, (short) 0xC000, (short) 0x0001);
            Tensor f16 = new Tensor("h", DType.F16, new long[] {3}, halves);
            Tensor bf16 = new Tensor("h", DType.BF16, new long[] {3}, halves);

            assertThat(f16.toArray()).containsExactly(1f, -2f, 0x1p-24f);
            assertThat(bf16.get(0)).isEqualTo(Float.intBitsToFloat(0x3C000000));
            assertThat(bf16.get(1)).isEqualTo(-2f);
        }
    }
}
