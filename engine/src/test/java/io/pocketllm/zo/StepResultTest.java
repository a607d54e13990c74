package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step and a method tell people. */
class StepResultTest {

    @Test
    void oneSlopeIsShownWithItsSignAndSeveralAsTheMeanOfTheirSizes() {
        assertThat(new StepResult(1, 1, 2, new float[] {-3}, 0.1f).projectedGradient())
                .isEqualTo(-3);
        assertThat(new StepResult(1, 1, 2, new float[] {-3, 1, 2}, 0.1f).projectedGradient())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 3, true",
        "NaN, 2, 3, false",
        "1, Infinity, 3, false",
        "1, 2, -Infinity, false",
        "1, 2, NaN, false"
    })
    void aResultIsFiniteOnlyWhereEveryNumberIs(
            double plus, double minus, float slope, boolean finite) {
        StepResult result = new StepResult(1, plus, minus, new float[] {0, slope}, 0.1f);

        assertThat(result.isFinite()).isEqualTo(finite);
    }

    @Test
    void aMethodIsDescribedInOneLine() {
        assertThat(Methods.mezo().describe()).isEqualTo("All parameters, Gaussian, SGD");
        assertThat(Methods.method(Direction.RADEMACHER, 4, Update.MOMENTUM, 0).describe())
                .isEqualTo("All parameters, Rademacher, 4 directions, momentum");
    }

    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 1,   0.3",
        "CONSTANT, 100, 0.3",
        "LINEAR,   1,   0.3",
        "LINEAR,   51,  0.15",
        "LINEAR,   100, 0.003"
    })
    void theStepSizeFollowsItsSchedule(LearningRateSchedule schedule, int step, double expected) {
        assertThat(schedule.at(0.3, step, 100)).isCloseTo(expected, offset(1e-12));
    }
}
