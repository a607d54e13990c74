package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.tensor.WeightFeed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters kept as halves: probes are in what is fed, and only updates round. */
@Timeout(60)
class HalvesTest {

    private static final long SEED = 17;
    private static final long[] LARGE = {131, 509};

    static Stream<MethodSpec> methods() {
        return Methods.everyKind().filter(MethodSpec::movesHalves);
    }

    private static ParameterStore start(DType dtype) {
        ParameterStore store = new ParameterStore();
        Tensor weight = store.allocate("a.weight", dtype, LARGE);
        Tensor bias = store.allocate("a.bias", DType.F32, 77);
        short[] halves = new short[1];
        StochasticRounding rounding = new StochasticRounding(1);
        for (Tensor tensor : List.of(weight, bias)) {
            for (int i = 0; i < tensor.elements(); i++) {
                float[] value = {(float) Math.sin(i + 1)};
                rounding.store(0, 0, tensor, i, value, 1, halves);
            }
        }
        return store;
    }

    /** All numbers as a model would be fed them. */
    private static List<float[]> fed(ParameterStore store) {
        List<float[]> all = new ArrayList<>();
        try (Arena arena = Arena.ofShared()) {
            List<WeightFeed.Part> parts = new ArrayList<>();
            for (Tensor tensor : store.tensors()) {
                MemorySegment target = arena.allocate(4 * tensor.elements(), 64);
                parts.add(new WeightFeed.Part(tensor, 0, tensor.elements(), target));
            }
            store.feed().write(parts);
            parts.forEach(part -> all.add(part.target().toArray(ValueLayout.JAVA_FLOAT)));
        }
        return all;
    }

    private static double loss(ParameterStore store) {
        double sum = 0;
        for (float[] values : fed(store)) {
            for (int i = 0; i < values.length; i += 97) {
                double d = values[i] - 0.3;
                sum += d * d / 50;
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"F16, 1", "F16, 2", "BF16, 2"})
    void aProbeIsFedInFp32AndLeavesTheHalvesAlone(DType dtype, int threads) {
        MethodSpec method = Methods.mezo();
        try (ParameterStore store = start(dtype);
                ParameterStore before = new ParameterStore()) {
            store.tensors().forEach(before::sameAs);
            List<List<float[]>> probes = new ArrayList<>();
            try (ZerothOrderOptimizer optimizer =
                    new ZerothOrderOptimizer(store, method, SEED, threads)) {
                optimizer.step(
                        1,
                        () -> {
                            for (Tensor tensor : before.tensors()) {
                                assertThat(
                                                store.get(tensor.name())
                                                        .memory()
                                                        .mismatch(tensor.memory()))
                                        .isEqualTo(-1);
                            }
                            probes.add(fed(store));
                            return probes.size();
                        });
            }

            float epsilon = (float) method.perturbationScale();
            int t = 0;
            for (Tensor tensor : before.tensors()) {
                NoiseStream z = new NoiseStream(SEED, 1, 0, t, false);
                for (int i = 0; i < tensor.elements(); i++) {
                    float theta = tensor.get(i);
                    if (probes.get(0).get(t)[i] != theta + epsilon * z.at(i)
                            || probes.get(1).get(t)[i] != theta - epsilon * z.at(i)) {
                        throw new AssertionError("element " + i + " of " + tensor.name());
                    }
                }
                t++;
            }
            assertThat(store.feed()).isSameAs(WeightFeed.AS_STORED);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void anUpdateIsTheSameSumAsInFp32RoundedUpOrDown(MethodSpec method) {
        try (ParameterStore halves = start(DType.BF16);
                ParameterStore wide = new ParameterStore()) {
            halves.tensors().forEach(wide::copyOf);
            StepResult inHalves;
            try (ZerothOrderOptimizer a = new ZerothOrderOptimizer(halves, method, SEED, 2)) {
                inHalves = a.step(1, () -> loss(halves));
            }
            try (ZerothOrderOptimizer b = new ZerothOrderOptimizer(wide, method, SEED, 1)) {
                // The same slopes: a walk in place rounds, and would measure others in the last
                // bit.
                b.replay(inHalves, true);
            }

            Tensor narrow = halves.get("a.weight");
            Tensor exact = wide.get("a.weight");
            boolean moved = false;
            for (int i = 0; i < narrow.elements(); i++) {
                float sum = exact.get(i);
                float down = Float.intBitsToFloat(Float.floatToRawIntBits(sum) & 0xFFFF_0000);
                float up =
                        Float.intBitsToFloat(
                                (Float.floatToRawIntBits(sum) & 0xFFFF_0000) + 0x1_0000);
                moved |= narrow.get(i) != (float) Math.sin(i + 1);
                if (narrow.get(i) != down && narrow.get(i) != up) {
                    throw new AssertionError(sum + " became " + narrow.get(i));
                }
            }
            assertThat(moved).isTrue();
            assertThat(halves.get("a.bias").toArray())
                    .containsExactly(wide.get("a.bias").toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aReplayGivesTheSameBitsWithAnyNumberOfThreads(MethodSpec method) {
        try (ParameterStore trained = start(DType.F16);
                ParameterStore replayed = start(DType.F16)) {
            List<StepResult> steps = new ArrayList<>();
            try (ZerothOrderOptimizer optimizer =
                    new ZerothOrderOptimizer(trained, method, SEED, 1)) {
                for (int step = 1; step <= 5; step++) {
                    steps.add(optimizer.stepAhead(step, 0.02 / step, () -> loss(trained)));
                }
            }
            try (ZerothOrderOptimizer optimizer =
                    new ZerothOrderOptimizer(replayed, method, SEED, 2)) {
                steps.forEach(step -> optimizer.replay(step, false));
            }

            for (Tensor tensor : trained.tensors()) {
                assertThat(replayed.get(tensor.name()).memory().mismatch(tensor.memory()))
                        .as(tensor.name())
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void whatRemembersANumberForEachParameterIsRefused() {
        MethodSpec adam =
                Methods.method(MethodSpec.Direction.GAUSSIAN, 1, MethodSpec.Update.ADAM, 0);
        try (ParameterStore store = start(DType.F16)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ZerothOrderOptimizer(store, adam, SEED, 1))
                    .withMessageContaining("fp32");
        }
    }
}
