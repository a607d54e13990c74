package io.pocketllm.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.pocketllm.run.sweep.Goal;
import io.pocketllm.run.sweep.TypedValue;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values lie on an axis. */
class AxisTest {

    private static Axis axis(String values) {
        List<JsonNode> nodes = Arrays.stream(values.split(" ")).map(TypedValue::of).toList();
        return Axis.of("key", "key", nodes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0.001 0.01 0.1, LOG, 0 0.5 1",
        "4 8 16, LOG, 0 0.5 1",
        "0.1 0.2 0.3, LINEAR, 0 0.5 1",
        "1 2 3, LINEAR, 0 0.5 1",
        "0 0.1 1, LINEAR, 0 0.1 1",
        "4 8, LINEAR, 0 1",
        "7, LINEAR, 0.5",
        "mezo lozo fzoo, WORDS, 1 0.5 0",
        "true false, WORDS, 1 0",
        "none 2, WORDS, 1 0",
        "adam, WORDS, 0.5",
    })
    void values_lie_by_ratio_by_difference_or_one_after_the_other(
            String values, Axis.Scale scale, String places) {
        Axis axis = axis(values);
        assertThat(axis.scale()).isEqualTo(scale);
        String[] each = values.split(" ");
        String[] at = places.split(" ");
        for (int i = 0; i < each.length; i++) {
            assertThat(axis.position(TypedValue.of(each[i])))
                    .as(each[i])
                    .isCloseTo(Double.parseDouble(at[i]), within(1e-9));
        }
        assertThat(axis.ticks()).hasSize(each.length);
    }

    @Test
    void many_values_have_ticks_at_the_ends_and_between_that_do_not_touch() {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i <= 20; i++) {
            values.append(1e-4 * Math.pow(100, i / 20.0)).append(' ');
        }
        Axis axis = axis(values.toString().strip());
        assertThat(axis.scale()).isEqualTo(Axis.Scale.LOG);
        assertThat(axis.ticks())
                .extracting(Axis.Tick::text)
                .containsExactly("1e-4", "0.001", "0.01");
        assertThat(axis.words(0.5, 1)).isEqualTo("0.001 to 0.01");
        assertThat(axis("mezo lozo fzoo").words(0.4, 1)).isEqualTo("mezo, lozo");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 34, 55})
    void every_number_of_a_sweep_lies_within_the_axis_and_is_found_again(int count) {
        Random random = new Random(count);
        List<JsonNode> sorted =
                DoubleStream.generate(() -> Math.pow(10, 12 * random.nextDouble() - 6))
                        .limit(count)
                        .sorted()
                        .mapToObj(n -> (JsonNode) DoubleNode.valueOf(n))
                        .toList();
        Axis axis = Axis.of("k", "k", sorted);
        double before = -1;
        for (JsonNode number : sorted) {
            double at = axis.position(number);
            assertThat(at).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(before);
            if (sorted.size() > 1) {
                assertThat(axis.number(at))
                        .isCloseTo(number.doubleValue(), within(1e-9 * axis.high()));
            }
            before = at;
        }
        double[] ticks = axis.ticks().stream().mapToDouble(Axis.Tick::at).toArray();
        assertThat(DoubleStream.of(ticks)).isSorted().allMatch(at -> at >= 0 && at <= 1);
    }

    @Test
    void a_goal_without_a_measurement_has_an_axis_without_figures() {
        assertThat(Axis.ofGoal(Goal.LOSS, new double[0]).ticks()).isEmpty();
        Axis one = Axis.ofGoal(Goal.ACCURACY, new double[] {0.8});
        assertThat(one.position(0.8)).isEqualTo(0.5);
        assertThat(one.ticks()).extracting(Axis.Tick::text).containsExactly("80.0 %");
    }
}
