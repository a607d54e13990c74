package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MeZO's arithmetic, step by step against {@link MezoTwin}. */
@Timeout(60)
class ZerothOrderOptimizerTest {

    /** A loss of about 30 over 43 fp32 numbers, each rounded three times a probe. */
    private static final double LOSS_TOLERANCE = 3e-5;

    /** The loss's tolerance over 2ε = 0.02, with room for what earlier steps left. */
    private static final double SLOPE_TOLERANCE = 3e-3;

    private static final double THETA_TOLERANCE = 1e-4;

    static Stream<MethodSpec> methods() {
        return Stream.concat(
                Methods.everyKind(),
                Stream.of(
                        Methods.mezo(),
                        Methods.method(Direction.RADEMACHER, 1, Update.SGD, 0),
                        Methods.method(Direction.GAUSSIAN, 1, Update.SGD, 0.5),
                        Methods.method(Direction.GAUSSIAN, 2, Update.MOMENTUM, 0.5)));
    }

    /** Every method of the catalogue among them. */
    @ParameterizedTest
    @MethodSource("methods")
    void tenStepsAreThoseOfTheSlowTwin(MethodSpec method) {
        try (Bowl bowl = new Bowl();
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(bowl.store, method, 99, 1)) {
            MethodTwin twin =
                    new MethodTwin(method, 99, bowl.start, Bowl.SHAPES, Bowl.DECAYS, bowl::loss);
            for (int step = 1; step <= 10; step++) {
                StepResult fast = optimizer.step(step, bowl::loss);
                MethodTwin.Measured slow = twin.step(step);

                assertThat(fast.isFinite()).isTrue();
                assertThat(fast.step()).isEqualTo(step);
                assertThat(fast.lossPlus())
                        .as("loss+ of step %d", step)
                        .isCloseTo(slow.lossPlus(), offset(LOSS_TOLERANCE));
                assertThat(fast.lossMinus())
                        .as("loss- of step %d", step)
                        .isCloseTo(slow.lossMinus(), offset(LOSS_TOLERANCE));
                assertThat(fast.slopes()).hasSize(method.directions());
                for (int d = 0; d < method.directions(); d++) {
                    assertThat((double) fast.slopes()[d])
                            .as("slope %d of step %d", d, step)
                            .isCloseTo(slow.slopes()[d], offset(SLOPE_TOLERANCE));
                }
                assertThat((double) fast.chosen()).isEqualTo(slow.chosen());
            }
            assertSame(bowl.theta(), twin.theta, THETA_TOLERANCE);
            assertThat(twin.theta[0]).isNotEqualTo(bowl.start[0]);
        }
    }

    /** The twin would agree with an optimiser that decays nothing as long as it did so too. */
    @Test
    void weightDecayPullsWeightsAndLeavesBiasesAndLayerNormsAlone() {
        MethodSpec decaying = Methods.method(Direction.GAUSSIAN, 1, Update.SGD, 0.5);
        try (Bowl bowl = new Bowl();
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(bowl.store, decaying, 1, 1)) {
            // A flat loss has no slope: what moves is the decay.
            optimizer.step(1, () -> 1.0);

            double keep = 1 - Methods.LEARNING_RATE * 0.5;
            double[][] theta = bowl.theta();
            for (int t = 0; t < theta.length; t++) {
                for (int i = 0; i < theta[t].length; i++) {
                    assertThat(theta[t][i])
                            .as("%s[%d]", Bowl.NAMES[t], i)
                            .isCloseTo(bowl.start[t][i] * (t == 0 ? keep : 1), offset(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "encoder.layer.0.attention.self.query.weight, true",
        "embeddings.word_embeddings.weight,           true",
        "encoder.layer.0.attention.self.query.bias,   false",
        "classifier.bias,                             false",
        "encoder.layer.0.output.LayerNorm.weight,     true",
        "transformer.h.0.ln_1.weight,                 true",
        "self_attn_layernorm.weight,                  false",
        "model.decoder.final_layer_norm.weight,       false"
    })
    void whatDecaysIsToldByTheNameAsInMezosReferenceCode(String name, boolean decays) {
        try (ParameterStore store = new ParameterStore()) {
            assertThat(ZerothOrderOptimizer.decays(store.allocate(name, 1))).isEqualTo(decays);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, NaN", "2, NaN", "1, Infinity", "2, -Infinity", "3, NaN", "6, Infinity"})
    void aLossThatIsNoNumberRestoresTheParametersAndSaysSo(int call, double broken) {
        MethodSpec method = Methods.method(Direction.GAUSSIAN, 3, Update.MOMENTUM, 0.5);
        try (Bowl bowl = new Bowl();
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(bowl.store, method, 4, 1)) {
            int[] calls = {0};
            DoubleSupplier loss = () -> ++calls[0] == call ? broken : bowl.loss();

            StepResult result = optimizer.step(1, loss);

            assertThat(result.isFinite()).isFalse();
            assertThat(calls[0]).as("forward passes").isEqualTo(6);
            assertSame(bowl.theta(), bowl.start, 2e-6);
        }
    }

    @Test
    void theStepLeavesTheParametersToTheLossExactlyAtTheTwoProbes() {
        try (Bowl bowl = new Bowl();
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(bowl.store, Methods.mezo(), 8, 1)) {
            Tensor weight = bowl.store.get(Bowl.NAMES[0]);
            NoiseStream z = new NoiseStream(8, 3, 0, 0, false);
            double[] signs = {1, -1};
            int[] calls = {0};

            optimizer.step(
                    3,
                    () -> {
                        double sign = signs[calls[0]++];
                        for (int i = 0; i < weight.elements(); i++) {
                            double expected = bowl.start[0][i] + sign * 1e-2 * z.at(i);
                            assertThat((double) weight.get(i)).isCloseTo(expected, offset(1e-6));
                        }
                        return 0;
                    });

            assertThat(calls[0]).isEqualTo(2);
        }
    }

    @Test
    void aStepSizeOfItsOwnIsUsedAndReported() {
        try (Bowl bowl = new Bowl();
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(bowl.store, Methods.mezo(), 8, 1)) {
            StepResult still = optimizer.step(1, 0.0, bowl::loss);

            assertThat(still.learningRate()).isZero();
            assertSame(bowl.theta(), bowl.start, 1e-6);

            StepResult moved = optimizer.step(2, 0.25, bowl::loss);

            assertThat(moved.learningRate()).isEqualTo(0.25f);
            double z = new NoiseStream(8, 2, 0, 0, false).at(0);
            assertThat(bowl.theta()[0][0])
                    .isCloseTo(bowl.start[0][0] - 0.25 * moved.slopes()[0] * z, offset(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theLossOfABowlFallsToAlmostNothing(long seed) {
        MethodSpec method = Methods.method(Direction.GAUSSIAN, 1, Update.SGD, 0);
        try (Bowl bowl = new Bowl();
                ZerothOrderOptimizer optimizer =
                        new ZerothOrderOptimizer(bowl.store, method, seed, 1)) {
            double before = bowl.loss();
            for (int step = 1; step <= 800; step++) {
                optimizer.step(step, 0.02, bowl::loss);
            }

            assertThat(bowl.loss()).isLessThan(0.02 * before);
            assertThat(optimizer.trainableParameters()).isEqualTo(35 + 5 + 3);
        }
    }

    private static void assertSame(double[][] found, double[][] expected, double tolerance) {
        for (int t = 0; t < expected.length; t++) {
            assertThat(found[t]).as(Bowl.NAMES[t]).containsExactly(expected[t], offset(tolerance));
        }
    }
}
