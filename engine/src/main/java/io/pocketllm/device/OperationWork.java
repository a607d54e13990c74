package io.pocketllm.device;

import java.util.Objects;

/**
 * Work of one operator.
 *
 * @param kind what it does
 * @param precision what its numbers are
 * @param flops operations, a multiply-add counted as two
 * @param bytes what it reads and writes, each tensor once
 */
public record OperationWork(OperationKind kind, Precision precision, double flops, double bytes) {

    /**
     * @throws IllegalArgumentException for work that is negative or no number
     */
    public OperationWork {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(precision, "precision");
        if (!(flops >= 0 && bytes >= 0 && flops + bytes < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    kind + ": " + flops + " FLOP, " + bytes + " bytes; allowed: 0 or more");
        }
    }

    /** Work in fp32. */
    public static OperationWork fp32(OperationKind kind, double flops, double bytes) {
        return new OperationWork(kind, Precision.FP32, flops, bytes);
    }

    /** The same a number of times over. */
    OperationWork times(double count) {
        return new OperationWork(kind, precision, flops * count, bytes * count);
    }
}
