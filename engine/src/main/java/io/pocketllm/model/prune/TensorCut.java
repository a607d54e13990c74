package io.pocketllm.model.prune;

import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.SafetensorsStream.Entry;

/**
 * What stays of one tensor.
 *
 * @param source its name in the old file
 * @param target its name in the new one
 * @param dtype how it is stored
 * @param shape its old shape
 * @param keptRows places along the first dimension that stay; null for all
 * @param keptColumns the same along the second
 * @param magnitude share of what stays that becomes zero
 */
record TensorCut(
        String source,
        String target,
        DType dtype,
        long[] shape,
        int[] keptRows,
        int[] keptColumns,
        double magnitude) {

    static TensorCut whole(String source, String target, DType dtype, long[] shape) {
        return new TensorCut(source, target, dtype, shape, null, null, 0);
    }

    TensorCut rows(int[] kept) {
        return new TensorCut(source, target, dtype, shape, kept, keptColumns, magnitude);
    }

    TensorCut columns(int[] kept) {
        return new TensorCut(source, target, dtype, shape, keptRows, kept, magnitude);
    }

    TensorCut withMagnitude(double share) {
        return new TensorCut(source, target, dtype, shape, keptRows, keptColumns, share);
    }

    boolean isWhole() {
        return keptRows == null && keptColumns == null;
    }

    /** How it will stand in the new file. */
    Entry entry() {
        long[] kept = shape.clone();
        if (keptRows != null) {
            kept[0] = keptRows.length;
        }
        if (keptColumns != null) {
            kept[1] = keptColumns.length;
        }
        return new Entry(target, dtype, kept);
    }
}
