package io.pocketllm.app.chart;

import java.util.Arrays;

/**
 * A growable column of numbers without boxing. Not thread-safe: the charts belong to one thread.
 */
public final class Column {

    private double[] values = new double[64];
    private int size;

    /** Adds one number at the end. */
    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    /** The number at {@code index}, from 0. */
    public double get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        return values[index];
    }

    /** How many numbers there are. */
    public int size() {
        return size;
    }

    /** True before the first number. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The newest number, or {@code fallback} before the first. */
    public double last(double fallback) {
        return size == 0 ? fallback : values[size - 1];
    }

    /** Forgets all numbers. */
    public void clear() {
        size = 0;
    }

    /**
     * For a column that never falls: the first index whose number is at least {@code value}, or
     * {@link #size()}.
     */
    public int firstAtLeast(double value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
