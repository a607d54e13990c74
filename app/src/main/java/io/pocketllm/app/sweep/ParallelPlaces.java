package io.pocketllm.app.sweep;

/**
 * Where axes and values of parallel coordinates lie on the screen, in points.
 *
 * @param width of all
 * @param height of all
 * @param axes how many there are
 * @param textSize of labels
 */
record ParallelPlaces(double width, double height, int axes, double textSize) {

    private static final double LEFT = 12;

    /** Between two axes of the screen, this far from one is at it. */
    private static final double NEAR = 14;

    /** Where the first axis is. */
    double left() {
        return LEFT;
    }

    /** Room for the goal's figures beside the last axis. */
    private double right() {
        return 5.2 * textSize;
    }

    private double top() {
        return 2.4 * textSize;
    }

    private double bottom() {
        return height - 0.9 * textSize;
    }

    private double gap() {
        return axes < 2 ? 0 : (width - LEFT - right()) / (axes - 1);
    }

    double x(int axis) {
        return Math.round(LEFT + axis * gap()) + 0.5;
    }

    double y(double at) {
        return bottom() - at * (bottom() - top());
    }

    /** The value's place at a height of the screen. */
    double at(double y) {
        return (bottom() - y) / (bottom() - top());
    }

    /** From the first axis, 0, to the last, 1. */
    double share(double x) {
        return axes < 2 ? 0 : (x - LEFT) / (gap() * (axes - 1));
    }

    /** Height of an axis over the distance from the first to the last. */
    double aspect() {
        return axes < 2 ? 1 : (bottom() - top()) / (gap() * (axes - 1));
    }

    /** Points as a part of an axis' height. */
    double part(double points) {
        return points / (bottom() - top());
    }

    /** The axis at a place of the screen; −1 for none. */
    int axisAt(double x) {
        for (int axis = 0; axis < axes; axis++) {
            if (Math.abs(x - x(axis)) <= NEAR) {
                return axis;
            }
        }
        return -1;
    }

    /** How wide an axis' name may be; wider ones are drawn narrower. */
    double nameRoom() {
        return axes < 2 ? width : Math.max(40, gap() - 6);
    }

    /** How wide figures beside an axis may be. */
    double tickRoom(int axis) {
        return axis == axes - 1 ? right() - 9 : Math.max(20, gap() - 14);
    }
}
