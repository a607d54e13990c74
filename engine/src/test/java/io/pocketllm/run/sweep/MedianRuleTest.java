package io.pocketllm.run.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses at steps 10, 20, 30 ... against those of finished runs. */
class MedianRuleTest {

    private static NavigableMap<Integer, Double> curve(String losses) {
        NavigableMap<Integer, Double> curve = new TreeMap<>();
        for (String loss : losses.strip().split(" ")) {
            curve.put(10 * (curve.size() + 1), Double.valueOf(loss));
        }
        return curve;
    }

    @ParameterizedTest(name = "{0} against {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        # own      | finished runs            | median of means up to that step, where worse
        2          | 1 9; 1.5 9; 3 9          | 1.5
        1.5        | 1 9; 1.5 9; 3 9          |
        2 1.4      | 1 2; 1 2; 1 2            |
        2 1.6      | 1 2; 1 2; 1 2            | 1.5
        2 0.1 9    | 1 2 3; 1 2 3; 1 2 3      |
        2          | 1; 3; 1; 3               |
        2          | 1; 3; 1; 1.5             | 1.25
        NaN        | 1; 2; 3                  | 2
        5          | 1; 1                     |
        5 5        | 1; 1; 1                  | 1
        """)
    void aRunStopsWhereItsBestIsWorseThanTheMedianOfMeans(
            String own, String finished, Double median) {
        List<NavigableMap<Integer, Double>> others = new ArrayList<>();
        for (String losses : finished.split(";")) {
            others.add(curve(losses));
        }
        var found = new MedianRule(1, 3).worseThan(curve(own), others);
        if (median == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).hasValue(median);
        }
    }

    @Test
    void beforeItsFirstStepTheRuleStopsNothing() {
        List<NavigableMap<Integer, Double>> finished = List.of(curve("1 1"));
        assertThat(new MedianRule(20, 1).worseThan(curve("5"), finished)).isEmpty();
        assertThat(new MedianRule(20, 1).worseThan(curve("5 5"), finished)).hasValue(1);
        assertThat(new MedianRule(1, 1).worseThan(new TreeMap<>(), finished)).isEmpty();
    }
}
