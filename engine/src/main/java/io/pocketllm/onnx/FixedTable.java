package io.pocketllm.onnx;

import io.pocketllm.tensor.Tensor;

/**
 * Tells tables that a formula gave from learned ones: sines and cosines of positions (rotary
 * caches, sinusoidal positions) and masks. Nobody trains them, so nothing may move them.
 */
final class FixedTable {

    /** Half-precision tables round to about 2⁻¹¹. */
    private static final double TOLERANCE = 4e-3;

    private FixedTable() {}

    /** True for a table of rows (the last axis runs along a row) made by such a formula. */
    static boolean is(Tensor table) {
        long[] shape = table.shape();
        if (shape.length < 2 || table.elements() == 0) {
            return false;
        }
        long columns = shape[shape.length - 1];
        long rows = table.elements() / columns;
        return isMask(table, rows, columns) || isTrigonometric(table, rows, columns);
    }

    /** 0 and a number that drowns everything, nothing else. */
    private static boolean isMask(Tensor table, long rows, long columns) {
        boolean drowns = false;
        for (long i = 0; i < rows * columns; i++) {
            float value = table.get(i);
            if (value > -1e4f && value != 0) {
                return false;
            }
            drowns |= value <= -1e4f;
        }
        return drowns;
    }

    /**
     * Row p holds sin(p·a) or cos(p·a) with an angle a for each column. The first three rows tell
     * by the double-angle formulas: cos 2a = 2cos²a − 1, sin²2a = 4 sin²a (1 − sin²a).
     */
    private static boolean isTrigonometric(Tensor table, long rows, long columns) {
        if (rows < 3 || columns < 2) {
            return false;
        }
        boolean moves = false;
        for (long c = 0; c < columns; c++) {
            double zeroth = table.get(c);
            double first = table.get(columns + c);
            double second = table.get(2 * columns + c);
            boolean cosine = near(zeroth, 1) && near(second, 2 * first * first - 1);
            boolean sine =
                    near(zeroth, 0)
                            && near(second * second, 4 * first * first * (1 - first * first));
            if (Math.abs(first) > 1 + TOLERANCE || !(cosine || sine)) {
                return false;
            }
            moves |= Math.abs(first - zeroth) > 0.1;
        }
        return moves;
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE;
    }
}
