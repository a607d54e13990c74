package io.pocketllm.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFileTest {

    @TempDir private Path folder;

    static Stream<Arguments> badModels() {
        ModelProto linear = TinyOnnx.linear();
        return Stream.of(
                arguments("empty", new byte[0], "is empty"),
                arguments("text", "this is no model".getBytes(), "no ONNX"),
                arguments(
                        "no graph",
                        linear.toBuilder().clearGraph().build().toByteArray(),
                        "holds no graph"),
                arguments(
                        "no nodes",
                        linear.toBuilder()
                                .setGraph(linear.getGraph().toBuilder().clearNode())
                                .build()
                                .toByteArray(),
                        "holds no graph"),
                arguments(
                        "too few raw bytes",
                        with(TinyOnnx.raw("short", new long[] {2, 3}, 1, 2, 3)),
                        "damaged weight: short: shape [2, 3] needs 24 bytes, but there are 12"),
                arguments(
                        "too many numbers",
                        with(TinyOnnx.floatData("long", 2, 1, 2, 3)),
                        "damaged weight: long: shape [2] needs 8 bytes, but there are 12"),
                arguments(
                        "no numbers", with(TinyOnnx.floatData("none", 2)), "damaged weight: none"),
                arguments(
                        "negative shape",
                        with(TinyOnnx.raw("negative", new long[] {-1, -2}, 1, 2)),
                        "damaged weight: negative size in [-1, -2]"),
                arguments(
                        "shape beyond 64 bits",
                        with(TinyOnnx.raw("huge", new long[] {1L << 40, 1L << 40}, 1)),
                        "damaged weight"),
                arguments(
                        "external data",
                        with(
                                TinyOnnx.raw("outside", new long[] {1}, 1).toBuilder()
                                        .clearRawData()
                                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                        .build()),
                        "outside: asks for \"\", which is no file inside the model's folder"));
    }

    private static byte[] with(TensorProto weight) {
        ModelProto linear = TinyOnnx.linear();
        GraphProto.Builder graph = linear.getGraph().toBuilder().addInitializer(weight);
        return linear.toBuilder().setGraph(graph).build().toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badModels")
    void aBadModelIsRefusedNamingTheFileAndWhatToDo(String what, byte[] bytes, String problem)
            throws IOException {
        Path file = Files.write(folder.resolve("bad model.onnx"), bytes);

        assertRefused(file, problem);
    }

    @Test
    void aMissingFileIsRefused() {
        assertRefused(folder.resolve("nowhere.onnx"), "there is no such model file");
    }

    @Test
    void aFolderIsRefused() {
        assertRefused(folder, "is a folder, not an ONNX file");
    }

    @Test
    void randomBytesAreRefusedAndNeverCrash() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[1 + random.nextInt(400)];
            random.nextBytes(noise);

            assertRefused(Files.write(folder.resolve("noise.onnx"), noise), "");
        }
    }

    /** The graph is the last big field: every cut before its end must show. */
    @Test
    void aModelCutOffAnywhereInItsGraphIsRefused() throws IOException {
        ModelProto model = TinyOnnx.linear();
        byte[] whole = model.toByteArray();
        int graphEnds = whole.length - model.toBuilder().clearGraph().build().toByteArray().length;
        for (int length = 1; length < graphEnds; length++) {
            Path file = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, length));

            assertRefused(file, "");
        }
    }

    @Test
    void theWeightsAreTheFilesNumbersInBothEncodings() throws Exception {
        Path file = write(TinyOnnx.linear());
        try (OnnxFile onnx = OnnxFile.open(file)) {
            assertThat(onnx.path()).isEqualTo(file);
            assertThat(onnx.weights()).containsOnlyKeys("weight", "bias");
            assertThat(onnx.weights().get("weight").shape()).containsExactly(2, 3);
            assertThat(onnx.weights().get("weight").toArray()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(onnx.weights().get("bias").toArray()).containsExactly(10, 20, 30);
            assertThat(onnx.model()).isEqualTo(TinyOnnx.linear());
        }
    }

    @Test
    void rawWeightsAreViewsOfTheMappingAndReadOnly() throws Exception {
        try (OnnxFile onnx = OnnxFile.open(write(TinyOnnx.linear()))) {
            Tensor weight = onnx.weights().get("weight");

            assertThat(weight.memory().isMapped() || weight.memory().isNative()).isTrue();
            assertThat(weight.memory().isReadOnly()).isTrue();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> weight.set(0, 1));
        }
    }

    @Test
    void closingTakesTheWeightsAway() throws Exception {
        OnnxFile onnx = OnnxFile.open(write(TinyOnnx.linear()));
        Tensor weight = onnx.weights().get("weight");
        onnx.close();

        assertThatIllegalStateException().isThrownBy(() -> weight.get(0));
    }

    private Path write(ModelProto model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model.toByteArray());
    }

    private static void assertRefused(Path file, String problem) {
        OnnxException refused =
                catchThrowableOfType(OnnxException.class, () -> OnnxFile.open(file).close());

        assertThat(refused).as("%s is refused", file.getFileName()).isNotNull();
        assertThat(refused).hasMessageStartingWith(file + ": ").hasMessageContaining(problem);
        assertThat(refused.hint()).isNotBlank();
    }
}
