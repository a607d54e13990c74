package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of known numbers, read back from what the export wrote. */
class ExportTest {

    private static final String MODULE = "encoder.layer.0.attention.self.query";

    @TempDir private Path folder;
    private RunFolder run;

    @BeforeEach
    void makeARun() throws Exception {
        run = new RunFolder(Files.createDirectories(folder.resolve("run")));
        RunFile file = SmallInbox.run(folder, "lora", 1, "method.loraAlpha", "6");
        Files.writeString(run.runFile(), file.absolute().toJson());
    }

    private void checkpoint(ParameterStore store) throws Exception {
        Files.createDirectories(run.checkpoint());
        SafetensorsWriter.write(
                run.checkpoint().resolve("model.safetensors"),
                store.tensors(),
                Map.of("labels", "a\tb"));
    }

    private static Tensor counted(Tensor tensor) {
        for (long i = 0; i < tensor.elements(); i++) {
            tensor.set(i, i + 1);
        }
        return tensor;
    }

    @Test
    void adaptersHavePeftsNamesShapesAndScale() throws Exception {
        try (ParameterStore store = new ParameterStore()) {
            counted(store.allocate(MODULE + ".lora_A", 3, 2));
            counted(store.allocate(MODULE + ".lora_B", 2, 4));
            checkpoint(store);
        }

        List<Path> written = Export.write(run, folder.resolve("out"));

        assertThat(written)
                .extracting(path -> path.getFileName().toString())
                .containsExactly("adapter_model.safetensors", "adapter_config.json");
        try (SafetensorsFile file = SafetensorsFile.open(written.get(0))) {
            Tensor a = file.tensors().get("base_model.model." + MODULE + ".lora_A.weight");
            Tensor b = file.tensors().get("base_model.model." + MODULE + ".lora_B.weight");
            assertThat(a.shape()).containsExactly(2, 3);
            assertThat(a.toArray()).containsExactly(1, 3, 5, 2, 4, 6);
            assertThat(b.shape()).containsExactly(4, 2);
            assertThat(b.toArray()).containsExactly(1, 5, 2, 6, 3, 7, 4, 8);
        }
        JsonNode config = RunFile.MAPPER.readTree(Files.readString(written.get(1)));
        assertThat(config.get("peft_type").textValue()).isEqualTo("LORA");
        assertThat(config.get("r").intValue()).isEqualTo(2);
        assertThat(config.get("lora_alpha").doubleValue()).isEqualTo(6);
        assertThat(config.get("target_modules")).hasSize(1);
        assertThat(config.at("/target_modules/0").textValue()).isEqualTo("query");
    }

    @Test
    void aHeadAndItsAdapterBecomeOneLayerAndWeightsKeepTheirNames() throws Exception {
        try (ParameterStore store = new ParameterStore()) {
            counted(store.allocate("classifier.weight", 2, 3));
            counted(store.allocate("classifier.bias", 2));
            counted(store.allocate("classifier.subspace.lora_A", 3, 1));
            counted(store.allocate("classifier.subspace.lora_B", 1, 2));
            counted(store.allocate("encoder.layer.0.output.dense.bias", 5));
            checkpoint(store);
        }

        Export.write(run, folder.resolve("out"));

        try (SafetensorsFile head = SafetensorsFile.open(folder.resolve("out/head.safetensors"));
                SafetensorsFile model =
                        SafetensorsFile.open(folder.resolve("out/model.safetensors"))) {
            // w[c][k] + a[k] b[c], with a = 1, 2, 3 and b = 1, 2.
            assertThat(head.tensors().get("classifier.weight").toArray())
                    .containsExactly(new float[] {2, 4, 6, 6, 9, 12}, offset(0f));
            assertThat(head.tensors().get("classifier.bias").toArray()).containsExactly(1, 2);
            assertThat(head.metadata()).containsEntry("labels", "a\tb");
            assertThat(model.tensors()).containsOnlyKeys("encoder.layer.0.output.dense.bias");
        }
    }

    @Test
    void aRunWithoutACheckpointAndAFolderThatIsNotEmptyAreRefused() throws Exception {
        assertThat(
                        catchThrowableOfType(
                                RunFileException.class,
                                () -> Export.write(run, folder.resolve("out"))))
                .hasMessageContaining("no checkpoint");
        try (ParameterStore store = new ParameterStore()) {
            store.allocate("classifier.bias", 1);
            checkpoint(store);
        }
        assertThat(catchThrowableOfType(RunFileException.class, () -> Export.write(run, folder)))
                .hasMessageContaining("is not empty");
    }
}
