package io.pocketllm.zo;

/**
 * A point at which a step asks for the loss: θ + coefficient · d of one of the step's directions.
 *
 * @param direction which direction; −1 at the parameters themselves
 */
record Point(int direction, float coefficient) {

    /** The parameters themselves. */
    static final Point BASE = new Point(-1, 0);

    boolean isBase() {
        return direction < 0;
    }
}
