package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.noise.Threefry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Any part of a direction can be made again, alone and in any order. */
class NoiseStreamTest {

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void addToAddsToEachElementWhatAtSaysAndTouchesNoOther(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 100_000) int step,
            @ForAll boolean signs,
            @ForAll @IntRange(min = 1, max = 2500) int elements,
            @ForAll @IntRange(max = 2499) int start,
            @ForAll @IntRange(max = 2500) int length,
            @ForAll @FloatRange(min = -2, max = 2) float scale) {
        NoiseStream noise = new NoiseStream(seed, step, 1, 2, signs);
        long from = Math.min(start, elements);
        long to = Math.min(elements, from + length);
        try (ParameterStore store = new ParameterStore()) {
            Tensor tensor = store.allocate("w", elements);
            for (int i = 0; i < elements; i++) {
                tensor.set(i, i - 100.5f);
            }

            noise.addTo(tensor, scale, from, to);

            for (int i = 0; i < elements; i++) {
                float before = i - 100.5f;
                boolean inside = i >= from && i < to;
                float expected = inside ? before + scale * noise.at(i) : before;
                if (tensor.get(i) != expected) {
                    throw new AssertionError("element " + i + " is not " + expected);
                }
            }
        }
    }

    /**
     * The definition, with Java's own SplittableRandom as the mixer of the key and its own
     * functions in double precision.
     */
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void eachNumberIsItsDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1) int step,
            @ForAll @IntRange(max = 63) int role,
            @ForAll @IntRange(max = 500) int tensor,
            @ForAll @LongRange(max = 1L << 40) long i) {
        long key = mix(mix(mix(mix(seed) + step) + role) + tensor);
        boolean cosine = i % 64 < 32;
        long bits = threefry(key, i / 64 * 32 + i % 32);
        double u = ((bits >>> 33) + 0.5) * 0x1p-31;
        double turns = (bits & 0x7FFFFFFFL) * 0x1p-32;
        // Half a circle around the positive axis, and the other half with the sign's bit.
        double angle = 2 * Math.PI * (turns < 0.25 ? turns : turns - 0.5);
        double sign = (bits & 0x80000000L) == 0 ? 1 : -1;
        double z =
                sign * Math.sqrt(-2 * Math.log(u)) * (cosine ? Math.cos(angle) : Math.sin(angle));
        assertThat((double) new NoiseStream(seed, step, role, tensor, false).at(i))
                .isCloseTo(z, offset(4e-5));

        long both = threefry(key, i / 1024 * 16 + i % 16);
        long word = i % 32 < 16 ? both >>> 32 : both & 0xFFFFFFFFL;
        boolean minus = (word >>> 31 - i % 1024 / 32 & 1) == 1;
        assertThat(new NoiseStream(seed, step, role, tensor, true).at(i)).isEqualTo(minus ? -1 : 1);
    }

    private static long threefry(long key, long counter) {
        return Threefry.bits((int) (key >>> 32), (int) key, (int) counter, (int) (counter >>> 32));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void severalStreamsAndAKeptShareAreOnePassOfTheSingleOnes(
            @ForAll long seed,
            @ForAll boolean signs,
            @ForAll DType dtype,
            @ForAll @IntRange(max = 1100) int from,
            @ForAll @IntRange(max = 1100) int length) {
        if (dtype != DType.F32 && dtype != DType.F16) {
            return;
        }
        NoiseStream[] streams = new NoiseStream[3];
        for (int d = 0; d < streams.length; d++) {
            streams[d] = new NoiseStream(seed, 1, d, 0, signs);
        }
        float[] a = {0.25f, -0.5f, 0.125f};
        int to = from + length;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate((long) dtype.bytes() * (to + 9), 64);
            Tensor tensor = new Tensor("w", dtype, new long[] {to + 9}, memory);
            for (int i = 0; i < to + 9; i++) {
                tensor.set(i, i % 64 * 0.5f);
            }

            NoiseStream.addAll(tensor, streams, a, 0.75f, from, to);

            for (int i = 0; i < to + 9; i++) {
                float expected = i % 64 * 0.5f;
                if (i >= from && i < to) {
                    expected = expected * 0.75f + a[0] * streams[0].at(i);
                    expected = expected + a[1] * streams[1].at(i) + a[2] * streams[2].at(i);
                    expected =
                            dtype == DType.F32
                                    ? expected
                                    : Float.float16ToFloat(Float.floatToFloat16(expected));
                }
                if (tensor.get(i) != expected) {
                    throw new AssertionError("element " + i + " is not " + expected);
                }
            }
        }
    }

    @Test
    void streamsOfTwoKindsOrWithoutTheirFactorsAreRefused() {
        NoiseStream normal = new NoiseStream(1, 1, 0, 0, false);
        NoiseStream signs = new NoiseStream(1, 1, 1, 0, true);
        try (ParameterStore store = new ParameterStore()) {
            Tensor tensor = store.allocate("w", 3);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> add(tensor, new NoiseStream[] {normal, signs}, 1, 2))
                    .withMessageContaining("signs");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> add(tensor, new NoiseStream[] {normal}, 1, 2))
                    .withMessageContaining("2 factors");
            assertThat(tensor.toArray()).containsOnly(0f);
        }
    }

    private static void add(Tensor tensor, NoiseStream[] streams, float... a) {
        NoiseStream.addAll(tensor, streams, a, 1f, 0, tensor.elements());
    }

    private static long mix(long x) {
        return new SplittableRandom(x).nextLong();
    }

    /** The counter has 64 bits: models beyond 2³² elements do not meet the same noise again. */
    @Test
    void elementsFarApartDoNotRepeat() {
        NoiseStream noise = new NoiseStream(1, 1, 0, 0, false);

        assertThat(noise.at(1L << 33)).isNotEqualTo(noise.at(0));
        assertThat(noise.at((1L << 34) + 5)).isNotEqualTo(noise.at(5));
    }

    /**
     * A trajectory on disk is worth what these bits are worth: whoever changes them makes every
     * saved run unreadable.
     */
    @Test
    void theBitsAreTheSameForever() {
        NoiseStream normal = new NoiseStream(7, 1, 0, 0, false);
        NoiseStream signs = new NoiseStream(7, 1, 0, 0, true);
        StringBuilder bits = new StringBuilder();
        StringBuilder plusMinus = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            bits.append(String.format("%08x ", Float.floatToRawIntBits(normal.at(i))));
            plusMinus.append(signs.at(i) > 0 ? '+' : '-');
        }

        assertThat(bits.toString())
                .isEqualTo("bf745fd7 3e45edcd bd6fb69b 3f967c70 bf8f75ee 3fe35a6d ");
        assertThat(plusMinus.toString()).isEqualTo("-----+");
    }
}
