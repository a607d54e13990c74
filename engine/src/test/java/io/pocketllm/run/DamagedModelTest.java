package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.pocketllm.data.SmallTokenizers;
import io.pocketllm.data.TextTokenizer;
import io.pocketllm.forward.MiniLm;
import io.pocketllm.model.architecture.RandomCheckpoint;
import io.pocketllm.onnx.TinyExport;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models that open and still cannot be trained: the run ends as bad input and names the file and
 * the place in it, where "diverged" or "a fault of the program" would send a person astray.
 */
@Timeout(120)
class DamagedModelTest {

    private static final String VALUE_BIAS = "bert.encoder.layer.1.attention.self.value.bias";

    private static final String ELEVEN_WORDS =
            """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
             "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "the": 10}}}
            """;

    @TempDir private Path folder;

    @BeforeEach
    void prepare() {
        MiniLm.prepare();
    }

    private RunFile run(String... keysAndValues) throws Exception {
        List<String> changes =
                new ArrayList<>(List.of("model.path", folder.resolve("model").toString()));
        changes.addAll(List.of(keysAndValues));
        return SmallInbox.run(folder, "head", 2, changes.toArray(String[]::new));
    }

    /** A tiny encoder with one number of one tensor replaced. */
    private void encoder(String tensor, long index, float value) throws Exception {
        Path model = folder.resolve("model");
        RandomCheckpoint.write(folder.resolve("whole"), "bert-tiny", DType.F32, 5);
        Files.createDirectories(model);
        Files.copy(folder.resolve("whole/config.json"), model.resolve("config.json"));
        try (TextTokenizer tokenizer = SmallTokenizers.wordPiece(folder, 32)) {
            Files.copy(tokenizer.file(), model.resolve("tokenizer.json"));
        }
        try (SafetensorsFile file =
                        SafetensorsFile.open(folder.resolve("whole/model.safetensors"));
                Arena arena = Arena.ofConfined()) {
            List<Tensor> tensors = new ArrayList<>();
            for (Tensor t : file.tensors().values()) {
                MemorySegment copy = arena.allocate(t.memory().byteSize(), 64);
                copy.copyFrom(t.memory());
                Tensor changed = new Tensor(t.name(), t.dtype(), t.shape(), copy);
                if (t.name().equals(tensor)) {
                    changed.set(index, value);
                }
                tensors.add(changed);
            }
            assertThat(tensors).extracting(Tensor::name).contains(tensor);
            SafetensorsWriter.write(model.resolve("model.safetensors"), tensors, Map.of());
        }
    }

    /** Found with the first texts that pass through the model, before a direction is sought. */
    @ParameterizedTest
    @CsvSource({
        "head, gaussian,            NaN",
        "head, activation-subspace, NaN",
        "lora, activation-subspace, Infinity",
        "full, gaussian,            NaN",
    })
    void aWeightThatIsNoNumberIsNamedWithItsFile(String space, String direction, float value)
            throws Exception {
        encoder(VALUE_BIAS, 17, value);

        RunFileException refused =
                refused(run("method.space", space, "method.direction", direction));

        assertThat(refused.key()).isEqualTo("model.path");
        assertThat(refused)
                .hasMessageContaining(folder.resolve("model/model.safetensors").toString())
                .hasMessageContaining(VALUE_BIAS + " holds " + value + " at index 17");
        assertThat(refused.hint()).contains("download it again");
    }

    /** No text passes through before step 0's evaluation here. */
    @Test
    void aRunWhoseFirstLossIsNoNumberEndsAsBadInput() throws Exception {
        encoder(VALUE_BIAS, 17, Float.NaN);
        RunFile file =
                run(
                        "method.space",
                        "lora",
                        "objective",
                        "{\"kind\":\"label-word\",\"template\":\"{text} It was {mask} .\","
                                + "\"labels\":{\"reply now\":\"great\","
                                + "\"read later\":\"good\",\"ignore\":\"terrible\"}}");
        try (RecordedRun run = RecordedRun.start(file, folder.resolve("out"))) {
            ExitCode code = run.awaitEnd();

            assertThat(run.last())
                    .isInstanceOfSatisfying(
                            Event.Failed.class,
                            failed -> {
                                assertThat(failed.message())
                                        .contains(VALUE_BIAS + " holds NaN at index 17");
                                assertThat(failed.hint()).contains("download it again");
                            });
            assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.events(Event.Evaluated.class)).hasSize(1);
            assertThat(run.events(Event.Step.class)).isEmpty();
            assertThat(run.folder().checkpoint()).doesNotExist();
        }
    }

    @Test
    void theSearchForAStepSizeNamesItToo() throws Exception {
        encoder("bert.encoder.layer.0.output.dense.weight", 3, Float.NaN);
        RunFile file = run("method.space", "full");

        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () ->
                                new LearningRateFinder(file, MiniLm.CACHE, 1)
                                        .sweep(List.of(0.1), trial -> {}));

        assertThat(refused).hasMessageContaining("output.dense.weight holds NaN at index 3");
    }

    /** Every weight is a number, but the largest times itself is none. */
    @Test
    void anOverflowInsideIsNotBlamedOnAWeight() throws Exception {
        encoder("bert.embeddings.LayerNorm.bias", 0, Float.MAX_VALUE);
        RunFileException refused = refused(run());

        assertThat(refused.key()).isEqualTo("model.path");
        assertThat(refused)
                .hasMessageContaining(folder.resolve("model") + ": gives hidden states with NaN")
                .hasMessageContaining("all its weights are finite");
    }

    @Test
    void anOperatorThatOnnxRuntimeDoesNotHaveIsTheFilesFault() throws Exception {
        Path model = Files.createDirectories(folder.resolve("model"));
        ModelProto whole = TinyExport.encoder().build(new ByteArrayOutputStream());
        GraphProto.Builder graph = whole.getGraph().toBuilder();
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            if (node.getOpType().equals("Sqrt")) {
                node.setOpType("SquareRootOfTheVendor");
            }
        }
        Files.write(
                model.resolve("model.onnx"),
                whole.toBuilder().setGraph(graph).build().toByteArray());
        Files.writeString(model.resolve("tokenizer.json"), ELEVEN_WORDS);

        RunFileException refused = refused(run());

        assertThat(refused.key()).isEqualTo("model.path");
        assertThat(refused)
                .hasMessageContaining(model.resolve("model.onnx").toString())
                .hasMessageContaining("SquareRootOfTheVendor");
        assertThat(refused.hint()).contains("Optimum");
    }

    private static RunFileException refused(RunFile file) {
        RunFileException refused =
                catchThrowableOfType(
                        RunFileException.class,
                        () -> new TaskBuilder(file, 1, (p, f) -> {}).build(MiniLm.CACHE).close());
        assertThat(refused).as("it is refused").isNotNull();
        return refused;
    }
}
