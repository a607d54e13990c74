package io.pocketllm.model.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.BaseSpec;
import io.pocketllm.model.ModelException;
import io.pocketllm.tensor.CheckpointFile;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.SafetensorsWriter;
import io.pocketllm.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache of converted weights: made once, made again where it is damaged, never half. */
@Timeout(60)
class BaseCacheTest {

    private static final BaseSpec INT4 = BaseSpec.of(BaseFormat.INT4);
    private static final List<Matrix> MATRICES = List.of(Matrix.linear("m.weight", 64, 40, true));

    @TempDir Path model;
    @TempDir Path cache;

    @BeforeEach
    void writeTheModel() throws Exception {
        writeModel(1, 0.5f);
    }

    @Test
    void convertingIsDoneOnce() throws Exception {
        assertThat(secondsToOpen()).isPositive();
        byte[] first = Files.readAllBytes(only(BaseFile.DATA));

        assertThat(secondsToOpen()).isZero();
        assertThat(Files.readAllBytes(only(BaseFile.DATA))).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {BaseFile.DATA, BaseFile.INDEX})
    void aFileCutShortIsMadeAgain(String name) throws Exception {
        secondsToOpen();
        byte[] whole = Files.readAllBytes(only(name));
        try (FileChannel file = FileChannel.open(only(name), StandardOpenOption.WRITE)) {
            file.truncate(whole.length - 1);
        }

        assertThat(secondsToOpen()).isPositive();
        assertThat(Files.readAllBytes(only(name))).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {BaseFile.DATA, BaseFile.INDEX})
    void aFileThatIsGoneIsMadeAgain(String name) throws Exception {
        secondsToOpen();
        Files.delete(only(name));

        assertThat(secondsToOpen()).isPositive();
        assertThat(only(name)).isRegularFile();
    }

    @Test
    void anIndexWithOneLetterChangedIsMadeAgain() throws Exception {
        secondsToOpen();
        String text = Files.readString(only(BaseFile.INDEX));
        Files.writeString(
                only(BaseFile.INDEX), text.replaceFirst("\"offset\" : 0", "\"offset\" : 1"));
        assertThat(Files.readString(only(BaseFile.INDEX))).isNotEqualTo(text);

        assertThat(secondsToOpen()).isPositive();
        assertThat(Files.readString(only(BaseFile.INDEX))).isEqualTo(text);
    }

    @Test
    void aChangedByteIsFoundWhenAskedFor() throws Exception {
        try (BaseWeights base = open()) {
            base.verify();
        }
        byte[] data = Files.readAllBytes(only(BaseFile.DATA));
        data[100] ^= 1;
        Files.write(only(BaseFile.DATA), data);

        try (BaseWeights base = open()) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(base::verify)
                    .withMessageContaining("weights.bin")
                    .withMessageContaining("m.weight")
                    .satisfies(e -> assertThat(e.hint()).contains("Delete the folder"));
        }
    }

    @Test
    void otherWeightsAreConvertedAnew() throws Exception {
        secondsToOpen();
        writeModel(2, 0.5f);

        assertThat(secondsToOpen()).isPositive();
        assertThat(folders()).hasSize(2);
    }

    @Test
    void otherFormatsAndBlockSizesLieSideBySide() throws Exception {
        for (BaseFormat format : BaseFormat.values()) {
            open(new BaseSpec(format, 32)).close();
            open(new BaseSpec(format, 128)).close();
        }

        assertThat(folders().stream().map(f -> f.replaceFirst("-[0-9a-f]{24}$", "")))
                .containsExactlyInAnyOrder(
                        "fp16",
                        "int8-32",
                        "int8-128",
                        "int8-block-32",
                        "int8-block-128",
                        "int4-32",
                        "int4-128");
    }

    @Test
    void aWeightThatIsNoNumberIsNamed() throws Exception {
        writeModel(1, Float.NaN);

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(this::open)
                .withMessageContaining("m.weight")
                .withMessageContaining("no number");
        assertThat(folders()).as("nothing is left behind").isEmpty();
    }

    @Test
    void severalAtOnceEndWithOneWholeFolder() throws Exception {
        int racers = 4;
        CyclicBarrier together = new CyclicBarrier(racers);
        try (var pool = Executors.newFixedThreadPool(racers)) {
            List<Future<Double>> all =
                    IntStream.range(0, racers)
                            .mapToObj(
                                    i ->
                                            pool.submit(
                                                    () -> {
                                                        together.await(20, TimeUnit.SECONDS);
                                                        return secondsToOpen();
                                                    }))
                            .toList();
            for (Future<Double> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(folders()).hasSize(1).noneMatch(name -> name.endsWith(".partial"));
        try (BaseWeights base = open()) {
            base.verify();
        }
    }

    private double secondsToOpen() throws Exception {
        try (BaseWeights base = open()) {
            return base.conversionSeconds();
        }
    }

    private BaseWeights open() throws Exception {
        return open(INT4);
    }

    private BaseWeights open(BaseSpec spec) throws Exception {
        CheckpointFile file = CheckpointFile.open(model);
        WeightSource source =
                new WeightSource(
                        file.paths(),
                        () -> {
                            try {
                                CheckpointFile again = CheckpointFile.open(model);
                                return new WeightSource.Opened(again.tensors(), again::close);
                            } catch (io.pocketllm.tensor.TensorFileException e) {
                                throw new ModelException(e.getMessage(), e.hint());
                            }
                        });
        return BaseWeights.open(spec, source, file.tensors(), MATRICES, cache);
    }

    private void writeModel(long seed, float one) throws Exception {
        try (ParameterStore store = new ParameterStore()) {
            Tensor weight = store.allocate("m.weight", 40, 64);
            weight.copyFrom(KernelTest.weights(40 * 64, 0.1f, seed));
            weight.set(77, one);
            SafetensorsWriter.write(model.resolve("model.safetensors"), List.of(weight), Map.of());
        }
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(cache.resolve("base"))) {
            return all.map(p -> p.getFileName().toString())
                    .filter(name -> !name.equals("hashes"))
                    .sorted()
                    .toList();
        }
    }

    private Path only(String file) throws IOException {
        assertThat(folders()).hasSize(1);
        return cache.resolve("base").resolve(folders().getFirst()).resolve(file);
    }
}
