package io.pocketllm.model.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pocketllm.data.Batch;
import io.pocketllm.forward.ForwardPass;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.ModelException;
import io.pocketllm.model.ModelFiles;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsStream.Entry;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

@Timeout(60)
class RandomCheckpointTest {

    static final List<String> TINY =
            ShapeCatalogue.names().stream().filter(name -> name.endsWith("-tiny")).toList();

    @TempDir private Path folder;

    @BeforeAll
    static void prepare() {
        MiniLm.prepare();
    }

    /** Parameters as published with the models, tied ones once, without a pooler. */
    @ParameterizedTest
    @CsvSource({
        "bert-base, 109.5",
        "roberta-base, 124.7",
        "roberta-large, 355.4",
        "distilbert, 67.0",
        "opt-125m, 125.2",
        "opt-1.3b, 1315.8",
        "gpt2, 124.4",
        "llama-160m, 162.4",
        "smollm-135m, 134.5",
        "mobilellm-125m, 124.6",
        "mobilellm-ls-125m, 124.6",
        "qwen2-0.5b, 494.0"
    })
    void aShapeHasThePublishedNumberOfParameters(String shape, double millions) throws Exception {
        Architecture architecture =
                Architectures.of(ConfigFile.of(shape, ShapeCatalogue.config(shape)));

        long parameters =
                TensorList.of(architecture, DType.F32).stream().mapToLong(e -> e.bytes() / 4).sum();

        assertThat(parameters / 1e6).isCloseTo(millions, within(0.06));
    }

    @ParameterizedTest
    @FieldSource("TINY")
    void everyTinyShapeRunsInEveryFormatToNearlyTheSameNumbers(String shape) throws Exception {
        float[] wide = states(shape, DType.F32);
        float[] half = states(shape, DType.F16);
        float[] brain = states(shape, DType.BF16);

        assertThat(wide).doesNotContain(Float.NaN).hasSize(2 * 6 * 48);
        assertThat(MiniLm.largestDifference(wide, new float[wide.length])).isGreaterThan(0.5);
        assertThat(MiniLm.largestDifference(half, wide)).isBetween(1e-7, 0.02);
        assertThat(MiniLm.largestDifference(brain, wide)).isBetween(1e-7, 0.2);
    }

    private float[] states(String shape, DType dtype) throws Exception {
        RandomCheckpoint.write(folder, shape, dtype, 7);
        try (LanguageModel model = open(folder)) {
            assertThat(model.info().dtype()).isEqualTo(dtype);
            return states(model);
        }
    }

    @Test
    void theSameSeedGivesTheSameFileAndAnotherAnother() throws Exception {
        long bytes = RandomCheckpoint.write(folder.resolve("a"), "bert-tiny", DType.F16, 1);
        RandomCheckpoint.write(folder.resolve("b"), "bert-tiny", DType.F16, 1);
        RandomCheckpoint.write(folder.resolve("c"), "bert-tiny", DType.F16, 2);
        Path a = folder.resolve("a").resolve("model.safetensors");

        assertThat(a).hasSameBinaryContentAs(folder.resolve("b").resolve("model.safetensors"));
        assertThat(Files.mismatch(a, folder.resolve("c").resolve("model.safetensors")))
                .isNotNegative();
        assertThat(Files.size(a)).isBetween(bytes, bytes + 20_000);
    }

    @Test
    void matricesDeviateAsTheseModelsStart() throws Exception {
        RandomCheckpoint.write(folder, "gpt2-tiny", DType.F32, 3);
        try (LanguageModel model = open(folder)) {
            float[] table = model.weights().get("transformer.wte.weight").toArray();
            double squares = 0;
            double sum = 0;
            for (float value : table) {
                squares += (double) value * value;
                sum += value;
            }
            assertThat(Math.sqrt(squares / table.length)).isCloseTo(0.02, within(0.0005));
            assertThat(sum / table.length).isCloseTo(0, within(0.001));
            assertThat(model.weights().get("transformer.ln_f.weight").toArray()).containsOnly(1);
            assertThat(model.weights().get("transformer.ln_f.bias").toArray()).containsOnly(0);
        }
    }

    @Test
    void anUnknownShapeIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> RandomCheckpoint.write(folder, "gpt5", DType.F32, 1))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.hint()).contains("roberta-large", "opt-1.3b"))
                .hasMessageContaining("there is no shape \"gpt5\"");
    }

    @Test
    void aSharedLayerExistsOnceAndIsUsedTwiceInARow() throws Exception {
        RandomCheckpoint.write(folder, "mobilellm-tiny", DType.F32, 7);
        Path twin = Files.createDirectory(folder.resolve("twin"));
        try (LanguageModel shared = open(folder)) {
            writeTwin(shared, twin);
            assertThat(shared.info().layers()).isEqualTo(4);
            assertThat(shared.weights().keySet())
                    .noneMatch(name -> name.startsWith("model.layers.2."));
            assertThat(shared.graph().projections()).hasSize(4 * 7);
            try (LanguageModel plain = open(twin)) {
                assertThat(plain.parameters()).isGreaterThan(shared.parameters());
                assertThat(MiniLm.largestDifference(states(shared), states(plain)))
                        .isLessThan(1e-6);
            }
        }
    }

    /** A Llama that stores each layer twice. */
    private static void writeTwin(LanguageModel shared, Path twin) throws Exception {
        List<Tensor> tensors = new ArrayList<>();
        for (Tensor tensor : shared.weights().values()) {
            String[] parts = tensor.name().split("\\.", 4);
            if (!parts[1].equals("layers")) {
                tensors.add(tensor);
                continue;
            }
            int layer = 2 * Integer.parseInt(parts[2]);
            tensors.add(tensor.named("model.layers." + layer + "." + parts[3]));
            tensors.add(tensor.named("model.layers." + (layer + 1) + "." + parts[3]));
        }
        SafetensorsWriter.write(twin.resolve("model.safetensors"), tensors, Map.of());
        var config = ShapeCatalogue.config("mobilellm-tiny");
        config.put("model_type", "llama").put("num_hidden_layers", 4).remove("layer_sharing");
        config.put("tie_word_embeddings", true);
        Files.writeString(twin.resolve("config.json"), config.toString());
    }

    private static LanguageModel open(Path folder) throws ModelException {
        return LanguageModel.open(new ModelFiles("m", folder, folder.resolve("tokenizer.json")));
    }

    private static float[] states(LanguageModel model) {
        ForwardGraph forward = model.graph();
        forward.graph().setOutputs(List.of(forward.hiddenStates()));
        long[] ids = new long[12];
        Arrays.setAll(ids, i -> 5 + i * 7L);
        long[] mask = new long[12];
        Arrays.fill(mask, 1);
        try (ForwardPass pass = new ForwardPass(forward.graph(), model.weights().values(), 1)) {
            return pass.run(
                    new Batch(ids, mask, new int[2], new int[2], 2, 6), forward.hiddenStates());
        }
    }

    @Test
    void aTensorListNamesWhatACheckpointHolds() throws Exception {
        Architecture architecture =
                Architectures.of(ConfigFile.of("x", ShapeCatalogue.config("qwen2-tiny")));

        assertThat(TensorList.of(architecture, DType.BF16))
                .extracting(Entry::name)
                .contains("model.layers.1.self_attn.k_proj.bias", "model.norm.weight")
                .doesNotContain("lm_head.weight", "model.layers.0.self_attn.o_proj.bias");
    }
}
