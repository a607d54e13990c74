package io.pocketllm.zo.noise;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreefryTest {

    private static final long WORD = 0xFFFFFFFFL;

    /** The threefry2x32 lines for 13 rounds of Random123's own file tests/kat_vectors. */
    @ParameterizedTest
    @CsvSource({
        "00000000, 00000000, 00000000, 00000000, 9d1c5ec6, 8bd50731",
        "ffffffff, ffffffff, ffffffff, ffffffff, fd36d048, 2d17272c",
        "243f6a88, 85a308d3, 13198a2e, 03707344, ba3e4725, f27d669e"
    })
    void thePublishedKnownAnswersComeOut(
            String counter0, String counter1, String key0, String key1, String x0, String x1) {
        long bits =
                Threefry.bits(
                        Integer.parseUnsignedInt(key0, 16),
                        Integer.parseUnsignedInt(key1, 16),
                        Integer.parseUnsignedInt(counter0, 16),
                        Integer.parseUnsignedInt(counter1, 16));

        assertThat(Long.toHexString(bits >>> 32)).isEqualTo(x0);
        assertThat(Long.toHexString(bits & WORD)).isEqualTo(x1);
    }

    @Property(tries = 6000, edgeCases = EdgeCasesMode.NONE)
    void everyKeyAndCounterGivesWhatTheUnrolledTwinGives(
            @ForAll int key0, @ForAll int key1, @ForAll int counter0, @ForAll int counter1) {
        assertThat(Threefry.bits(key0, key1, counter0, counter1))
                .isEqualTo(twin(key0 & WORD, key1 & WORD, counter0 & WORD, counter1 & WORD));
    }

    /** The thirteen rounds written out, on 64-bit numbers kept below 2³². */
    private static long twin(long k0, long k1, long c0, long c1) {
        long k2 = 0x1BD11BDAL ^ k0 ^ k1;
        long[] x = {c0 + k0 & WORD, c1 + k1 & WORD};
        mix(x, 13);
        mix(x, 15);
        mix(x, 26);
        mix(x, 6);
        inject(x, k1, k2 + 1);
        mix(x, 17);
        mix(x, 29);
        mix(x, 16);
        mix(x, 24);
        inject(x, k2, k0 + 2);
        mix(x, 13);
        mix(x, 15);
        mix(x, 26);
        mix(x, 6);
        inject(x, k0, k1 + 3);
        mix(x, 17);
        return x[0] << 32 | x[1];
    }

    private static void mix(long[] x, int rotation) {
        x[0] = x[0] + x[1] & WORD;
        long rotated = x[1] << rotation & WORD | x[1] >>> 32 - rotation;
        x[1] = rotated ^ x[0];
    }

    private static void inject(long[] x, long first, long second) {
        x[0] = x[0] + first & WORD;
        x[1] = x[1] + second & WORD;
    }
}
