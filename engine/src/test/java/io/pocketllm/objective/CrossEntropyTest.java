package io.pocketllm.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossEntropyTest {

    /** Within e^±60 nothing overflows, so the definition itself can be computed. */
    @Property(tries = 500)
    void theMeanIsItsDefinition(
            @ForAll @DoubleRange(min = 0.01, max = 60) double reach, @ForAll long seed) {
        Random random = new Random(seed);
        float[] logits = new float[12];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (reach * (2 * random.nextDouble() - 1));
        }
        int[] labels = random.ints(4, 0, 3).toArray();
        double expected = 0;
        for (int row = 0; row < 4; row++) {
            double total = 0;
            for (int c = 0; c < 3; c++) {
                total += Math.exp(logits[3 * row + c]);
            }
            expected -= Math.log(Math.exp(logits[3 * row + labels[row]]) / total) / 4;
        }

        assertThat(CrossEntropy.mean(logits, labels, 3))
                .isCloseTo(expected, offset(1e-12 * Math.max(1, expected) + 1e-13));
    }

    @ParameterizedTest
    @CsvSource({
        "0,     0,      0, 0.6931471805599453",
        "1000,  0,      0, 0",
        "1000,  0,      1, 1000",
        "-5000, -5001,  0, 0.3132616875182228",
        "3e38,  -3e38,  1, 6e38",
        "1e6,   1e6,    0, 0.6931471805599453"
    })
    void largeLogitsDoNotOverflow(float first, float second, int label, double expected) {
        double found = CrossEntropy.mean(new float[] {first, second}, new int[] {label}, 2);

        assertThat(found).isCloseTo(expected, offset(1e-7 * Math.max(1e-5, expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 0, 0",
        "0, NaN, 0",
        "Infinity, 0, 0",
        "0, Infinity, 0",
        "Infinity, Infinity, 1",
        "-Infinity, 0, 0",
        "0, -Infinity, 0",
        "-Infinity, -Infinity, 0"
    })
    void aLogitThatIsNoNumberMakesTheWholeBatchNaN(float first, float second, int label) {
        float[] logits = {1, 2, first, second, 3, 4};

        assertThat(CrossEntropy.mean(logits, new int[] {0, label, 1}, 2)).isNaN();
    }
}
