package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.zo.MethodSpec.Space;
import org.junit.jupiter.api.Test;

/** What QZO (arXiv 2505.13430) adds: bounded slopes, and scales that never turn negative. */
class ScalesTest {

    private static MethodSpec qzo() {
        return MethodCatalogue.find("qzo")
                .orElseThrow()
                .method(Space.SCALES, 10)
                .with(MethodSetting.SLOPE_CLIP, 2);
    }

    private static ParameterStore store() {
        ParameterStore store = new ParameterStore();
        store.allocate("layer.weight.scales", 64).copyFrom(new float[64]);
        store.allocate("classifier.bias", 64).copyFrom(new float[64]);
        return store;
    }

    @Test
    void aSlopeIsCutToItsBoundAndAReplayGivesTheSameBits() {
        try (ParameterStore trained = store();
                ParameterStore replayed = store();
                ZerothOrderOptimizer optimizer = new ZerothOrderOptimizer(trained, qzo(), 7, 1);
                ZerothOrderOptimizer again = new ZerothOrderOptimizer(replayed, qzo(), 7, 1)) {
            double[] losses = {1000, 0, 0, 1000};
            int[] call = {0};
            for (int step = 1; step <= 2; step++) {
                StepResult taken = optimizer.step(step, () -> losses[call[0]++]);
                assertThat(taken.slopes()).containsExactly(step == 1 ? 2 : -2);
                again.replay(taken, false);
            }

            for (String name : new String[] {"layer.weight.scales", "classifier.bias"}) {
                assertThat(replayed.get(name).toArray())
                        .containsExactly(trained.get(name).toArray());
            }
            int negative = 0;
            for (int i = 0; i < 64; i++) {
                assertThat(trained.get("layer.weight.scales").get(i)).isNotNegative();
                negative += trained.get("classifier.bias").get(i) < 0 ? 1 : 0;
            }
            assertThat(negative).as("other tensors move freely").isPositive();
        }
    }

    @Test
    void anInfiniteLossIsNotHiddenByTheBound() {
        try (ParameterStore store = store();
                ZerothOrderOptimizer optimizer = new ZerothOrderOptimizer(store, qzo(), 7, 1)) {
            assertThat(optimizer.step(1, () -> Double.POSITIVE_INFINITY).isFinite()).isFalse();
        }
    }
}
