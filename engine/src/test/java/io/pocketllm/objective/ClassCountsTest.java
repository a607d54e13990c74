package io.pocketllm.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClassCountsTest {

    private static final float[] SCORES = {
        3, 1, 2, /* 0 */
        1, 1, 0, /* 0, the first */
        -1, -2, -0.5f, /* 2 */
    };

    @Test
    void theFirstOfEqualScoresIsTheAnswer() {
        assertThat(accuracy(0, 0, 2)).isEqualTo(1);
        assertThat(accuracy(0, 1, 2)).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(accuracy(1, 2, 0)).isZero();
    }

    private static double accuracy(int... labels) {
        ClassCounts counts = new ClassCounts(3);
        counts.add(SCORES, labels);
        return counts.accuracy();
    }

    /** Class 0: precision 2/3, recall 1; class 1: precision 1, recall 1/2. */
    @Test
    void macroF1IsTheMeanOverTheClassesWhateverTheirSize() {
        ClassCounts counts = new ClassCounts(2);
        counts.add(0, 0);
        counts.add(0, 0);
        counts.add(0, 1);
        counts.add(1, 1);

        assertThat(counts.macroF1()).isEqualTo((0.8 + 2.0 / 3) / 2, within(1e-12));
    }

    @Test
    void aClassThatNeitherOccursNorIsAnsweredDoesNotCount() {
        ClassCounts counts = new ClassCounts(3);
        counts.add(0, 0);
        counts.add(1, 1);

        assertThat(counts.macroF1()).isEqualTo(1);
    }

    @Test
    void alwaysAnsweringTheSameGivesAHighAccuracyAndALowF1() {
        ClassCounts counts = new ClassCounts(2);
        for (int i = 0; i < 9; i++) {
            counts.add(0, 0);
        }
        counts.add(0, 1);

        assertThat(counts.accuracy()).isEqualTo(0.9, within(1e-12));
        assertThat(counts.macroF1()).isEqualTo(9.0 / 19, within(1e-12));
    }
}
