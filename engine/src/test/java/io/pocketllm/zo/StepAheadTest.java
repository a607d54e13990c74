package io.pocketllm.zo;

import static org.assertj.core.api.Assertions.assertThat;

import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates that wait for the next step's first move leave the bits of updates that do not. */
@Timeout(60)
class StepAheadTest {

    static Stream<MethodSpec> methods() {
        return Stream.concat(
                Methods.everyKind().filter(method -> method.space() != Space.SCALES),
                Stream.of(
                        Methods.method(Direction.GAUSSIAN, 1, Update.SGD, 0.5),
                        Methods.method(Direction.RADEMACHER, 3, Update.SGD, 0.5)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aWaitingUpdateGivesTheSameLossesAndTheSameParameters(MethodSpec method) {
        try (ParameterStore eager = start();
                ParameterStore waiting = start();
                ZerothOrderOptimizer one = new ZerothOrderOptimizer(eager, method, 5, 1);
                ZerothOrderOptimizer two = new ZerothOrderOptimizer(waiting, method, 5, 2)) {
            for (int step = 1; step <= 8; step++) {
                StepResult expected = one.step(step, 0.01, () -> loss(eager));
                StepResult found = two.stepAhead(step, 0.01, () -> loss(waiting));

                assertThat(found.slopes()).containsExactly(expected.slopes());
                assertThat(found.lossPlus()).isEqualTo(expected.lossPlus());
                if (step % 3 == 0) {
                    // Whoever looks in between changes nothing.
                    two.settle();
                    assertSameBits(waiting, eager);
                }
            }
            two.settle();
            two.settle();
            assertSameBits(waiting, eager);
        }
    }

    /** Large enough for two tiles, with a name that decays and one that does not. */
    private static ParameterStore start() {
        ParameterStore store = new ParameterStore();
        for (String name : new String[] {"a.weight", "a.bias"}) {
            Tensor tensor =
                    name.endsWith("bias")
                            ? store.allocate(name, 7)
                            : store.allocate(name, 131, 509);
            for (long i = 0; i < tensor.elements(); i++) {
                tensor.set(i, (float) Math.sin(i + 1));
            }
        }
        return store;
    }

    private static double loss(ParameterStore store) {
        double sum = 0;
        for (Tensor tensor : store.tensors()) {
            for (long i = 0; i < tensor.elements(); i += 97) {
                double x = tensor.get(i) - 0.3;
                sum += x * x + 0.1 * x * x * x;
            }
        }
        return sum / 100;
    }

    private static void assertSameBits(ParameterStore found, ParameterStore expected) {
        for (Tensor tensor : expected.tensors()) {
            assertThat(found.get(tensor.name()).memory().mismatch(tensor.memory()))
                    .as(tensor.name())
                    .isEqualTo(-1);
        }
    }
}
