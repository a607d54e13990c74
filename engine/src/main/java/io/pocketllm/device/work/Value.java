package io.pocketllm.device.work;

import java.util.Arrays;

/**
 * What is known of a value in a graph without running it.
 *
 * @param shape its dimensions
 * @param numbers its content, row-major, where it is integers that decide shapes; else null
 */
record Value(long[] shape, long[] numbers) {

    /** Contents of more elements than this decide no shape and are not followed. */
    static final int MOST_NUMBERS = 64;

    static Value of(long... shape) {
        return new Value(shape, null);
    }

    /** A list of known integers. */
    static Value list(long... numbers) {
        return new Value(new long[] {numbers.length}, numbers);
    }

    long elements() {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        return elements;
    }

    int rank() {
        return shape.length;
    }

    /** The size of a dimension; negative ones count from the end. */
    long size(int dimension) {
        return shape[axis(dimension, shape.length)];
    }

    /** The shape that results when all of these are broadcast together (NumPy's rule). */
    static long[] broadcast(long[] a, long[] b) {
        int rank = Math.max(a.length, b.length);
        long[] shape = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long left = i <= a.length ? a[a.length - i] : 1;
            long right = i <= b.length ? b[b.length - i] : 1;
            if (left != right && left != 1 && right != 1) {
                throw new IllegalArgumentException(
                        Arrays.toString(a) + " and " + Arrays.toString(b) + " do not go together");
            }
            shape[rank - i] = left == 1 ? right : left;
        }
        return shape;
    }

    static int axis(long axis, int rank) {
        return (int) (axis < 0 ? axis + rank : axis);
    }
}
