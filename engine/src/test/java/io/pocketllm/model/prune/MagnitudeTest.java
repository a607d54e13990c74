package io.pocketllm.model.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.Projection;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smallest weights of each linear layer become zero, so many and no more. */
@Timeout(60)
class MagnitudeTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "bert-tiny, 0.5",
        "gpt2-tiny, 0.123",
        "opt-tiny, 0.9",
        "llama3-tiny, 0.25",
        "opt-postnorm-tiny, 0.001",
        "roberta-tiny, 0.999"
    })
    void itCountsExactlyAndKeepsTheLargest(String name, double share) throws Exception {
        Path whole = PrunableModels.copy(name, folder.resolve("whole"));
        Path pruned =
                PrunableModels.write(
                        whole, folder.resolve("pruned"), Removal.of(share, Set.of(), Map.of()));

        try (LanguageModel before = PrunableModels.open(whole);
                LanguageModel after = PrunableModels.open(pruned)) {
            Set<String> linear = new HashSet<>();
            for (Projection p : before.graph().projections()) {
                if (p.kind() != Projection.Kind.OTHER) {
                    linear.add(p.weight());
                }
            }
            assertThat(linear).hasSizeGreaterThan(6);
            for (Tensor tensor : before.huggingFace().orElseThrow().stored().values()) {
                float[] old = tensor.toArray();
                float[] now =
                        after.huggingFace().orElseThrow().stored().get(tensor.name()).toArray();
                if (!linear.contains(tensor.name())) {
                    assertThat(now).as(tensor.name()).isEqualTo(old);
                    continue;
                }
                requirePruned(tensor.name(), old, now, Math.round(share * old.length));
            }
        }
    }

    /** The slow way: sort. */
    private static void requirePruned(String name, float[] old, float[] now, long zeros) {
        float[] sizes = new float[old.length];
        for (int i = 0; i < old.length; i++) {
            sizes[i] = Math.abs(old[i]);
        }
        Arrays.sort(sizes);
        long found = 0;
        for (int i = 0; i < old.length; i++) {
            if (now[i] == 0 && old[i] != 0) {
                found++;
                assertThat(Math.abs(old[i])).as(name).isLessThanOrEqualTo(sizes[(int) zeros - 1]);
            } else {
                assertThat(now[i]).as(name).isEqualTo(old[i]);
            }
        }
        long zeroBefore = 0;
        for (float size : sizes) {
            zeroBefore += size == 0 ? 1 : 0;
        }
        assertThat(found).as(name).isEqualTo(Math.max(0, zeros - zeroBefore));
    }

    /** All weights the same size: nothing but the count can tell them apart. */
    @Test
    void ofEqualOnesTheFirstGo() throws Exception {
        Path whole = PrunableModels.copy("bert-tiny", folder.resolve("whole"));
        String name = "bert.encoder.layer.1.intermediate.dense.weight";
        try (Arena arena = Arena.ofConfined();
                SafetensorsFile file = SafetensorsFile.open(whole.resolve("model.safetensors"))) {
            List<Tensor> tensors = new ArrayList<>();
            for (Tensor tensor : file.tensors().values()) {
                Tensor copy =
                        new Tensor(
                                tensor.name(),
                                tensor.shape(),
                                arena.allocate(tensor.memory().byteSize(), 4));
                tensor.widenInto(copy);
                for (long i = 0; tensor.name().equals(name) && i < copy.elements(); i++) {
                    copy.set(i, i % 2 == 0 ? 0.25f : -0.25f);
                }
                tensors.add(copy);
            }
            SafetensorsWriter.write(
                    Files.createDirectories(folder.resolve("equal")).resolve("model.safetensors"),
                    tensors,
                    Map.of());
        }
        Files.copy(whole.resolve("config.json"), folder.resolve("equal/config.json"));
        PrunableModels.tokenizer(folder.resolve("equal"));
        Path pruned =
                PrunableModels.write(
                        folder.resolve("equal"),
                        folder.resolve("pruned"),
                        Removal.of(0.25, Set.of(), Map.of()));

        try (LanguageModel after = PrunableModels.open(pruned)) {
            float[] now = after.weights().get(name).toArray();
            int quarter = now.length / 4;
            assertThat(Arrays.copyOf(now, quarter)).containsOnly(0);
            assertThat(Arrays.copyOfRange(now, quarter, now.length)).doesNotContain(0);
        }
    }
}
