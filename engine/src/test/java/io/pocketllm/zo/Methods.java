package io.pocketllm.zo;

import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Estimator;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.List;
import java.util.stream.Stream;

/** Methods for tests: plain MeZO, the same with one choice changed, and all of the catalogue. */
final class Methods {

    static final double EPSILON = 1e-2;
    static final double LEARNING_RATE = 0.05;

    private Methods() {}

    static MethodSpec mezo() {
        return method(Direction.GAUSSIAN, 1, Update.SGD, 0);
    }

    static MethodSpec method(
            Direction direction, int directions, Update update, double weightDecay) {
        return MethodSpec.mezo(Space.FULL, LEARNING_RATE)
                .with(direction, Estimator.TWO_SIDED, update)
                .with(MethodSetting.PERTURBATION_SCALE, EPSILON)
                .with(MethodSetting.DIRECTIONS, directions)
                .with(MethodSetting.WEIGHT_DECAY, weightDecay);
    }

    /** Every preset in its own space, at a step size and a probe that suit {@link Bowl}. */
    static Stream<MethodSpec> catalogue() {
        return MethodCatalogue.all().stream()
                .map(preset -> preset.method(preset.spaces().getFirst(), LEARNING_RATE))
                .map(method -> suited(method));
    }

    /** Every preset, and what presets leave out: more directions, decay, one-sided slopes. */
    static Stream<MethodSpec> everyKind() {
        List<MethodSpec> more =
                List.of(
                        method(Direction.GAUSSIAN, 4, Update.SGD, 0.5),
                        method(Direction.RADEMACHER, 3, Update.MOMENTUM, 0.5),
                        method(Direction.LOW_RANK, 3, Update.LOW_RANK_MOMENTUM, 0.5)
                                .with(MethodSetting.REFRESH_EVERY, 3),
                        method(Direction.LOW_RANK, 2, Update.ADAM, 0)
                                .with(MethodSetting.REFRESH_EVERY, 4),
                        method(Direction.CONE, 3, Update.MOMENTUM, 0),
                        method(Direction.SPARSE, 2, Update.SIGN, 0.5),
                        method(Direction.CONE, 2, Update.CONSERVATIVE, 0),
                        method(Direction.GAUSSIAN, 2, Update.SCALAR_ADAPTIVE, 0),
                        method(Direction.GAUSSIAN, 3, Update.SGD, 0)
                                .with(Direction.GAUSSIAN, Estimator.ONE_SIDED, Update.SGD),
                        mezo().with(Direction.SPARSE, Estimator.ONE_SIDED, Update.CONSERVATIVE));
        return Stream.concat(catalogue(), more.stream());
    }

    private static MethodSpec suited(MethodSpec method) {
        // A deviation of losses is about ε, and this update divides by it.
        boolean divides = method.update() == Update.VARIANCE_NORMALISED;
        return method.with(MethodSetting.PERTURBATION_SCALE, EPSILON)
                .with(MethodSetting.LEARNING_RATE, divides ? EPSILON / 10 : LEARNING_RATE)
                .with(MethodSetting.REFRESH_EVERY, 3);
    }
}
