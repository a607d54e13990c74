package io.pocketllm.device;

import java.util.ArrayList;
import java.util.List;

/**
 * Work of a training step, or of any part of one.
 *
 * @param operations one entry for each operator that does anything, in any order
 * @param calls operators that are called, with those that do next to nothing: each costs something
 */
public record StepWork(List<OperationWork> operations, double calls) {

    /** Nothing to do. */
    public static final StepWork NONE = new StepWork(List.of(), 0);

    /**
     * Operations that one Gaussian number takes: Threefry's rounds and Box–Muller's polynomials.
     */
    static final double FLOPS_PER_GAUSSIAN = 60;

    /** Operations that one random sign takes: one draw gives many of them. */
    static final double FLOPS_PER_SIGN = 4;

    /**
     * @throws IllegalArgumentException for a negative number of calls
     */
    public StepWork {
        operations = List.copyOf(operations);
        if (!(calls >= 0)) {
            throw new IllegalArgumentException("calls is " + calls + "; allowed: 0 or more");
        }
    }

    /**
     * Passes over the weights that a method trains: perturb, restore, update. Each draws a number
     * for an element and reads and writes the element.
     *
     * @param elements numbers that move
     * @param bytesPerElement 4 for fp32, 2 for fp16
     * @param passes how often in a step; plain MeZO has 4
     * @param gaussian true for Gaussian noise, false for signs
     */
    public static StepWork weightPasses(
            long elements, int bytesPerElement, int passes, boolean gaussian) {
        double numbers = (double) elements * passes;
        return weightPasses(numbers, numbers, bytesPerElement, passes, gaussian);
    }

    /**
     * The same where a pass may draw several numbers for an element, or none.
     *
     * @param drawn random numbers of all passes
     * @param moved elements read and written, of all passes
     */
    public static StepWork weightPasses(
            double drawn, double moved, int bytesPerElement, double passes, boolean gaussian) {
        double each = gaussian ? FLOPS_PER_GAUSSIAN : FLOPS_PER_SIGN;
        return new StepWork(
                List.of(
                        OperationWork.fp32(OperationKind.NOISE, drawn * each, 0),
                        OperationWork.fp32(
                                OperationKind.WEIGHT_PASS, drawn * 2, moved * 2 * bytesPerElement)),
                passes);
    }

    /** This and then the other. */
    public StepWork plus(StepWork other) {
        List<OperationWork> both = new ArrayList<>(operations);
        both.addAll(other.operations);
        return new StepWork(both, calls + other.calls);
    }

    /** The same a number of times over: two forward passes of one batch. */
    public StepWork times(double count) {
        return new StepWork(operations.stream().map(o -> o.times(count)).toList(), calls * count);
    }

    /** All operations. */
    public double flops() {
        return operations.stream().mapToDouble(OperationWork::flops).sum();
    }

    /** All bytes. */
    public double bytes() {
        return operations.stream().mapToDouble(OperationWork::bytes).sum();
    }

    /** Operations of one kind. */
    public double flops(OperationKind kind) {
        return operations.stream()
                .filter(o -> o.kind() == kind)
                .mapToDouble(OperationWork::flops)
                .sum();
    }
}
