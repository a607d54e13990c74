package io.pocketllm.app.help;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnWidthsTest {

    @Test
    void a_column_of_four_times_the_letters_gets_twice_the_width() {
        double[] shares =
                ColumnWidths.share(new double[] {10, 400, 100}, new double[] {10, 12, 12}, 100);
        assertThat(shares).containsExactly(new double[] {10, 60, 30}, within(0.01));
    }

    @Test
    void no_column_is_narrower_than_its_longest_word() {
        double[] shares =
                ColumnWidths.share(new double[] {60, 300, 300}, new double[] {60, 9, 9}, 100);
        assertThat(shares).containsExactly(new double[] {60, 20, 20}, within(0.01));
    }

    @Test
    void the_sum_is_the_room_wherever_words_and_wishes_allow() {
        Random random = new Random(1);
        for (int table = 0; table < 500; table++) {
            double[] wanted = random.doubles(1 + random.nextInt(8), 1, 400).toArray();
            double[] words = Arrays.stream(wanted).map(w -> Math.min(w, 12)).toArray();
            double room = 1 + 500 * random.nextDouble();
            double[] shares = ColumnWidths.share(wanted, words, room);
            double least = Arrays.stream(words).sum();
            double most = Arrays.stream(wanted).sum();
            assertThat(Arrays.stream(shares).sum())
                    .as("table " + table)
                    .isCloseTo(Math.max(least, Math.min(most, room)), within(0.01));
            for (int i = 0; i < shares.length; i++) {
                assertThat(shares[i]).isBetween(words[i], wanted[i]);
            }
        }
    }
}
