package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
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

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void addToAddsToEachElementWhatAtSaysAndTouchesNoOther(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 100_000) int step,
            @ForAll boolean signs,
            @ForAll @IntRange(min = 1, max = 257) int elements,
            @ForAll @IntRange(max = 256) int start,
            @ForAll @IntRange(max = 257) int length,
            @ForAll @FloatRange(min = -2, max = 2) float scale) {
        NoiseStream noise = new NoiseStream(seed, step, 1, 2, signs);
        long from = Math.min(start, elements) & ~1;
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
                assertThat(tensor.get(i))
                        .as("element %d", i)
                        .isEqualTo(inside ? before + scale * noise.at(i) : before);
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
        long pair = i / 2;
        long bits = Threefry.bits((int) (key >>> 32), (int) key, (int) pair, (int) (pair >>> 32));
        double u = ((bits >>> 41) + 0.5) * 0x1p-23;
        double angle = 2 * Math.PI * ((bits & 0xFFFFFFFFL) * 0x1p-32);
        double z = Math.sqrt(-2 * Math.log(u)) * (i % 2 == 0 ? Math.cos(angle) : Math.sin(angle));

        assertThat((double) new NoiseStream(seed, step, role, tensor, false).at(i))
                .isCloseTo(z, offset(1e-5));
        boolean odd = (bits >>> (i % 2) * 32 & 1) == 1;
        assertThat(new NoiseStream(seed, step, role, tensor, true).at(i)).isEqualTo(odd ? -1 : 1);
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
                .isEqualTo("3f745fd2 bf12d896 be45edc8 3f42e4d7 bd6fb69d be0040db ");
        assertThat(plusMinus.toString()).isEqualTo("---++-");
    }
}
