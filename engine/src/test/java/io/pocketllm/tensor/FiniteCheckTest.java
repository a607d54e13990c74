package io.pocketllm.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteCheckTest {

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void freeTheMemory() {
        arena.close();
    }

    @Test
    void weightsOfEverySizeOfFiniteNumberPass() {
        Tensor tensor = tensor(6);
        tensor.copyFrom(
                new float[] {0, -0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 1e-30f});

        assertThat(FiniteCheck.first(List.of(tensor))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4095, 4096, 8191, 9999})
    void theFirstBadNumberIsNamedWhereverItIs(long index) {
        Tensor good = tensor(10_000);
        Tensor bad = tensor(10_000).named("encoder.weight");
        bad.set(index, Float.NEGATIVE_INFINITY);
        bad.set(9999, Float.NaN);
        float found = index == 9999 ? Float.NaN : Float.NEGATIVE_INFINITY;

        assertThat(FiniteCheck.first(List.of(good, bad)))
                .contains(new FiniteCheck.Culprit("encoder.weight", index, found));
        assertThat(FiniteCheck.first(List.of(bad)).orElseThrow())
                .hasToString("encoder.weight holds " + found + " at index " + index);
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void theFastScanFindsWhatReadingEachNumberFinds(DType dtype) {
        Random random = new Random(5);
        for (int run = 0; run < 200; run++) {
            byte[] bits = new byte[dtype.bytes() * (1 + random.nextInt(300))];
            random.nextBytes(bits);
            // An odd start, as in mapped files.
            MemorySegment memory = arena.allocate(bits.length + 1).asSlice(1);
            MemorySegment.copy(bits, 0, memory, ValueLayout.JAVA_BYTE, 0, bits.length);
            Tensor tensor =
                    new Tensor("w", dtype, new long[] {bits.length / dtype.bytes()}, memory);

            OptionalLong slow =
                    LongStream.range(0, tensor.elements())
                            .filter(i -> !Float.isFinite(tensor.get(i)))
                            .findFirst();

            assertThat(FiniteCheck.first(List.of(tensor)).map(FiniteCheck.Culprit::index))
                    .isEqualTo(
                            slow.isPresent()
                                    ? java.util.Optional.of(slow.getAsLong())
                                    : java.util.Optional.empty());
        }
    }

    @Test
    void tensorsThatAreNoWeightsArePassedOver() {
        MemorySegment ones = arena.allocate(8).fill((byte) 0xFF);

        assertThat(FiniteCheck.first(List.of(new Tensor("ids", DType.I64, new long[] {1}, ones))))
                .isEmpty();
    }

    private Tensor tensor(long size) {
        return new Tensor("w", new long[] {size}, arena.allocate(4 * size, 4));
    }
}
