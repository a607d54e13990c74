package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.LinearityProbe;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a run is ended, and when a person is told about ε. */
class TrainingGuardTest {

    private static final MethodSpec METHOD = MethodSpec.mezo(MethodSpec.Space.FULL, 0.1);

    private static List<TrainingGuard.Finding> findings(
            int steps, IntToDoubleFunction loss, float slope) {
        TrainingGuard guard = new TrainingGuard(METHOD);
        List<TrainingGuard.Finding> found = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            double l = loss.applyAsDouble(step);
            guard.after(new StepResult(step, l, l, new float[] {slope}, 1)).ifPresent(found::add);
        }
        return found;
    }

    @Test
    void aLossThatRoseAndStaysThereEndsTheRunWithAdvice() {
        List<TrainingGuard.Finding> found = findings(200, step -> step < 20 ? 1.1 : 9, 1);

        assertThat(found.getFirst().ends()).isTrue();
        assertThat(found.getFirst().message()).contains("from 1.10 to");
        assertThat(found.getFirst().hint()).contains("method.learningRate");
    }

    @Test
    void aLossThatFallsOrJumpsOrComesBackDoesNot() {
        assertThat(findings(500, step -> 3.0 / step, 1)).isEmpty();
        assertThat(findings(500, step -> step % 2 == 0 ? 1 : 2.5, 1)).isEmpty();
        assertThat(findings(500, step -> step > 50 && step < 80 ? 9 : 1, 1)).isEmpty();
    }

    @Test
    void probesThatMeasureNothingAreToldOfOnce() {
        List<TrainingGuard.Finding> found = findings(200, step -> 1, 1e-5f);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().ends()).isFalse();
        assertThat(found.getFirst().hint()).contains("method.perturbationScale");
        assertThat(findings(200, step -> 1, 1e-2f)).isEmpty();
    }

    /** A sine is straight for a small ε and anything for one as long as its wave. */
    @ParameterizedTest
    @CsvSource({"0.001, false", "0.01, false", "3, true"})
    void anEpsilonLongerThanTheLossIsStraightIsToldOf(double epsilon, boolean told) {
        try (ParameterStore store = new ParameterStore()) {
            Tensor tensor = store.allocate("w", 40);
            for (int i = 0; i < 40; i++) {
                tensor.set(i, 0.1f * i);
            }
            float[] before = tensor.toArray();
            TrainingGuard guard = new TrainingGuard(METHOD);
            List<LinearityProbe.Slopes> slopes =
                    LinearityProbe.measure(
                            store,
                            METHOD.with(MethodSetting.PERTURBATION_SCALE, epsilon),
                            1,
                            1,
                            () -> {
                                double sum = 0;
                                for (int i = 0; i < 40; i++) {
                                    sum += Math.sin(tensor.get(i));
                                }
                                return sum;
                            });

            assertThat(guard.after(slopes).isPresent()).isEqualTo(told);
            assertThat(tensor.toArray()).isEqualTo(before);
        }
    }
}
