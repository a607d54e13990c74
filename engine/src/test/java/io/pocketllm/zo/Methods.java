package io.pocketllm.zo;

import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;

/** Methods for tests: plain MeZO, and the same with one choice changed. */
final class Methods {

    static final double EPSILON = 1e-2;
    static final double LEARNING_RATE = 0.05;

    private Methods() {}

    static MethodSpec mezo() {
        return method(Direction.GAUSSIAN, 1, Update.SGD, 0);
    }

    static MethodSpec method(
            Direction direction, int directions, Update update, double weightDecay) {
        return new MethodSpec(
                Space.FULL,
                direction,
                directions,
                update,
                LEARNING_RATE,
                EPSILON,
                0.9,
                weightDecay,
                8,
                16,
                0);
    }
}
