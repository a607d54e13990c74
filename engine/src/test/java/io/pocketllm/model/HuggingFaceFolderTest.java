package io.pocketllm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pocketllm.model.ModelInfo.Kind;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsFile;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What a Hugging Face folder says of itself, and what is said of a bad one. */
@Timeout(60)
class HuggingFaceFolderTest {

    static final List<String> CASES = GoldenForwardTest.CASES;

    @TempDir private Path folder;

    @Test
    void aModelIsReadAsWhatItIs() throws Exception {
        try (GoldenCase golden = GoldenCase.open("llama3-tiny")) {
            ModelInfo info = golden.model().info();

            assertThat(info.architecture()).isEqualTo("llama");
            assertThat(info.kind()).isEqualTo(Kind.DECODER);
            assertThat(info.layers()).isEqualTo(2);
            assertThat(info.hiddenSize()).isEqualTo(40);
            assertThat(info.heads()).isEqualTo(4);
            assertThat(info.keyValueHeads()).isEqualTo(2);
            assertThat(info.headSize()).isEqualTo(16);
            assertThat(info.vocabularySize()).isEqualTo(128);
            assertThat(info.contextLength()).isEqualTo(256);
            assertThat(info.dtype()).isEqualTo(DType.BF16);
            assertThat(info.parameters()).isEqualTo(43_720);
            assertThat(info.tied())
                    .containsExactly(List.of("model.embed_tokens.weight", "lm_head.weight"));
            assertThat(info.hasVocabularyHead()).isTrue();
            assertThat(info.hasTokenTypes()).isFalse();
            assertThat(info.hasPositionIds()).isTrue();
            assertThat(golden.model().describe())
                    .isEqualTo("llama decoder, 2 layers, hidden size 40, 0.0 M parameters, bf16");
        }
    }

    @Test
    void theStateOfAProjectedModelIsSmallerThanItsHiddenSize() throws Exception {
        try (GoldenCase golden = GoldenCase.open("opt-postnorm-tiny")) {
            assertThat(golden.model().info().hiddenSize()).isEqualTo(32);
            assertThat(golden.model().hiddenSize()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void everyStoredTensorIsAParameterOfOnePart(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name);
                SafetensorsFile stored =
                        SafetensorsFile.open(
                                GoldenCase.FOLDER.resolve(name).resolve("model.safetensors"))) {
            ModelInfo info = golden.model().info();

            assertThat(golden.model().weights().keySet())
                    .containsExactlyElementsOf(stored.tensors().keySet());
            assertThat(info.parametersByPart().keySet())
                    .containsExactly("embeddings", "attention", "feed-forward", "norms", "head");
            assertThat(info.parametersByPart().values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(info.parameters());
            assertThat(info.parametersByPart().values().stream().limit(4))
                    .allMatch(part -> part > 0);
        }
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void everyMatrixOfALayerIsAProjection(String name) throws Exception {
        try (GoldenCase golden = GoldenCase.open(name)) {
            List<Projection> projections = golden.model().graph().projections();

            for (Projection p : projections) {
                long[] shape = golden.model().weights().get(p.weight()).shape();
                assertThat(p.weight()).isEqualTo(p.name() + ".weight");
                assertThat(p.outputsFirst() ? shape[0] : shape[1]).isEqualTo(p.outSize());
                assertThat(p.outputsFirst() ? shape[1] : shape[0]).isEqualTo(p.inSize());
            }
            assertThat(projections)
                    .extracting(Projection::weight)
                    .containsExactlyInAnyOrderElementsOf(
                            golden.model().weights().values().stream()
                                    .filter(t -> t.shape().length == 2)
                                    .map(Tensor::name)
                                    .filter(n -> n.matches(".*\\.\\d+\\..*|.*project_.*"))
                                    .toList());
            assertThat(Projection.queriesAndValues(projections))
                    .hasSize(golden.model().layers() * (name.startsWith("gpt2") ? 1 : 2));
        }
    }

    @Test
    void halfPrecisionWeightsMayBeFedWidened() throws Exception {
        try (GoldenCase golden = GoldenCase.open("opt-tiny");
                ParameterStore store = new ParameterStore()) {
            List<Tensor> mixed = new ArrayList<>();
            golden.model()
                    .weights()
                    .values()
                    .forEach(t -> mixed.add(moves(t.name()) ? store.copyOf(t) : t));
            ForwardGraph forward = golden.model().graph(GraphOptions.PLAIN.withFp32(n -> moves(n)));

            float[] found =
                    golden.run(
                                    forward.graph(),
                                    "",
                                    mixed,
                                    Map.of(),
                                    List.of(forward.hiddenStates()))
                            .getFirst();

            assertThat(
                            GoldenCase.difference(
                                    found,
                                    golden.expected("last_hidden_state"),
                                    golden.input("attention_mask")))
                    .isLessThan(4e-5);
        }
    }

    private static boolean moves(String name) {
        return name.contains("fc1") || name.contains("embed") || name.contains("bias");
    }

    @Test
    void aHalfPrecisionDecoderIsTheSameInPieces() throws Exception {
        try (GoldenCase golden = GoldenCase.open("opt-tiny")) {
            ForwardGraph forward = golden.model().graph();
            Weight table =
                    new Weight(
                            "model.decoder.embed_tokens.weight", DType.F16, new long[] {144, 32});
            VocabularyHead inPieces =
                    new VocabularyHead((g, states) -> states, table, null, true, 32 * 50);
            String picked = PickedStates.addTo(forward.graph(), forward.hiddenStates());
            List<String> both =
                    List.of(
                            forward.vocabularyHead().orElseThrow().addTo(forward.graph(), picked),
                            inPieces.addTo(forward.graph(), picked));

            List<float[]> found =
                    golden.run(
                            forward.graph(),
                            "",
                            golden.model().weights().values(),
                            Map.of(PickedStates.POSITIONS, new long[] {3, 0, 17}),
                            both);

            assertThat(found.get(0)).hasSize(3 * 144);
            assertThat(found.get(1))
                    .containsExactly(found.get(0), org.assertj.core.data.Offset.offset(1e-5f));
        }
    }

    @Test
    void aWordThatIsNotInTheVocabularyIsRefused() throws Exception {
        try (GoldenCase golden = GoldenCase.open("opt-tiny")) {
            ForwardGraph forward = golden.model().graph();
            VocabularyHead head = forward.vocabularyHead().orElseThrow();

            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    head.addTo(
                                            forward.graph(),
                                            forward.hiddenStates(),
                                            new long[] {144}))
                    .withMessage("word id 144 is not in a vocabulary of 144");
        }
    }

    @Test
    void aMissingTensorIsNamedWithTheShapeItShouldHave() throws Exception {
        rewrite("opt-tiny", t -> t.name().endsWith("1.fc1.weight") ? Stream.of() : Stream.of(t));

        assertRefused(
                "the tensor model.decoder.layers.1.fc1.weight is missing; expected a tensor of"
                        + " shape [96, 32]");
    }

    @Test
    void aTensorOfAnotherShapeIsNamedWithBothShapes() throws Exception {
        rewrite(
                "opt-tiny",
                t ->
                        t.name().endsWith("1.fc1.weight")
                                ? Stream.of(
                                        new Tensor(
                                                t.name(),
                                                t.dtype(),
                                                new long[] {32, 96},
                                                t.memory()))
                                : Stream.of(t));

        assertRefused(
                "the tensor model.decoder.layers.1.fc1.weight has shape [32, 96]; expected shape"
                        + " [96, 32]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hidden_size\": 32 | \"hidden_size\": \"many\" | hidden_size is \"many\"",
                "\"hidden_size\": 32 | \"hidden_size\": 0 | hidden_size is 0",
                "\"hidden_size\": 32 | \"hidden_size\": 99999999999 | hidden_size is 99999999999",
                "\"hidden_size\": 32 | \"hidden_size\": 34 | num_attention_heads is 4, which does not",
                "\"hidden_size\": 32, | '' | hidden_size is missing",
                "\"opt\" | \"mamba\" | model_type is \"mamba\"",
                "\"model_type\": \"opt\", | '' | model_type is missing",
                "\"relu\" | \"mish\" | activation_function is \"mish\"",
                "\"vocab_size\": 144 | \"vocab_size\": 145 | embed_tokens.weight has shape [144, 32]",
                "{ | [ | is not valid JSON",
                "\"vocab_size\": 144 | \"vocab_size\": 144, \"vocab_size\": 144 | Duplicate field",
            })
    void aBadConfigurationIsRefusedByFileAndKey(String from, String to, String problem)
            throws Exception {
        Path source = GoldenCase.FOLDER.resolve("opt-tiny");
        GoldenCase.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        String config = Files.readString(source.resolve("config.json"));
        assertThat(config).contains(from);
        Files.writeString(folder.resolve("config.json"), config.replace(from, to));

        assertRefused(problem);
    }

    @Test
    void aMissingOrHugeConfigurationIsRefused() throws Exception {
        assertRefused("config.json: there is no such file");

        Files.write(folder.resolve("config.json"), new byte[(1 << 20) + 1]);
        assertRefused("config.json: is larger than 1 MiB");
    }

    @Test
    void noDamageToAConfigurationIsMoreThanARefusal() throws Exception {
        Path source = GoldenCase.FOLDER.resolve("llama3-tiny");
        GoldenCase.copy(source.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        byte[] whole = Files.readAllBytes(source.resolve("config.json"));
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(whole.length)] = (byte) (32 + random.nextInt(95));
            }
            Files.write(folder.resolve("config.json"), damaged);
            try (LanguageModel model = LanguageModel.open(GoldenCase.files("m", folder))) {
                assertThat(model.info().parameters()).isPositive();
            } catch (ModelException e) {
                assertThat(e).hasMessageStartingWith(folder.toString());
                assertThat(e.hint()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 200);
    }

    private void rewrite(String name, java.util.function.Function<Tensor, Stream<Tensor>> change)
            throws Exception {
        Path source = GoldenCase.FOLDER.resolve(name);
        GoldenCase.copy(source.resolve("config.json"), folder.resolve("config.json"));
        try (SafetensorsFile file = SafetensorsFile.open(source.resolve("model.safetensors"))) {
            SafetensorsWriter.write(
                    folder.resolve("model.safetensors"),
                    file.tensors().values().stream().flatMap(change).toList(),
                    Map.of());
        }
    }

    private void assertRefused(String problem) {
        ModelException refused =
                catchThrowableOfType(
                        ModelException.class,
                        () -> LanguageModel.open(GoldenCase.files("m", folder)).close());
        assertThat(refused).as("it is refused: %s", problem).isNotNull();
        assertThat(refused).hasMessageStartingWith(folder.toString()).hasMessageContaining(problem);
        assertThat(refused.hint()).isNotBlank();
    }
}
