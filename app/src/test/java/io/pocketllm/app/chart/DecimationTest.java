package io.pocketllm.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimationTest {

    private final Column xs = new Column();
    private final Column ys = new Column();

    private void line(int n, long seed, double shareOfGaps) {
        Random random = new Random(seed);
        for (int i = 0; i < n; i++) {
            xs.add(i);
            ys.add(random.nextDouble() < shareOfGaps ? Double.NaN : random.nextGaussian());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 0",
        "1, 5, 0",
        "5, 5, 0",
        "6, 5, 0",
        "999, 1000, 0.1",
        "1000, 1000, 0",
        "1001, 1000, 0",
        "1001, 1000, 0.5",
        "20000, 1000, 0.01",
        "20000, 7, 0.2",
        "123457, 1000, 0"
    })
    void keeps_ends_extremes_and_gaps_within_the_limit(int n, int limit, double shareOfGaps) {
        line(n, 42L + n, shareOfGaps);
        Points points = Decimation.minMax(xs, ys, 0, n, limit);
        assertThat(points.size())
                .isEqualTo(n <= limit ? n : points.size())
                .isLessThanOrEqualTo(limit);
        assertThat(points.xs()).isSorted();
        if (n == 0) {
            return;
        }
        double[] all = new double[n];
        for (int i = 0; i < n; i++) {
            all[i] = ys.get(i);
        }
        assertThat(points.maxY())
                .isEqualTo(Arrays.stream(all).filter(Double::isFinite).max().orElse(Double.NaN));
        assertThat(points.minY())
                .isEqualTo(Arrays.stream(all).filter(Double::isFinite).min().orElse(Double.NaN));
        assertThat(points.xs()[0]).isZero();
        assertThat(points.xs()[points.size() - 1]).isEqualTo(n - 1);
        assertThat(Arrays.stream(points.ys()).anyMatch(Double::isNaN))
                .isEqualTo(Arrays.stream(all).anyMatch(Double::isNaN));
    }

    @Test
    void every_bucket_keeps_its_own_gap() {
        for (int i = 0; i < 3002; i++) {
            xs.add(i);
            ys.add(i % 300 == 7 ? Double.POSITIVE_INFINITY : i);
        }
        Points points = Decimation.minMax(xs, ys, 0, 3002, 1000);
        long gaps = Arrays.stream(points.ys()).filter(Double::isNaN).count();
        assertThat(gaps).isEqualTo(10);
    }

    @Test
    void a_part_of_a_line_gives_points_of_that_part_alone() {
        line(5000, 1, 0);
        Points points = Decimation.minMax(xs, ys, 2000, 4000, 100);
        assertThat(points.xs()[0]).isEqualTo(2000);
        assertThat(points.xs()[points.size() - 1]).isEqualTo(3999);
    }

    @Test
    void a_limit_that_holds_no_bucket_is_refused() {
        assertThatThrownBy(() -> Decimation.minMax(xs, ys, 0, 0, 4))
                .hasMessageContaining("limit of 4");
    }
}
