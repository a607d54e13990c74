package io.pocketllm.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collection;
import java.util.Optional;

/**
 * Looks for weights that are NaN or infinite. Meant for when a starting loss is not finite: the
 * scan reads every weight once, at about the speed of memory, and names the first culprit.
 */
public final class FiniteCheck {

    /**
     * Numbers looked at before asking whether one of them was bad: the inner loop has no branch.
     */
    private static final int BLOCK = 4096;

    /**
     * A number that is not finite.
     *
     * @param tensor name of the tensor that holds it
     * @param index flat index, row-major
     * @param value NaN or an infinity
     */
    public record Culprit(String tensor, long index, float value) {

        /** As a sentence's part: {@code encoder.weight holds NaN at index 17}. */
        @Override
        public String toString() {
            return tensor + " holds " + value + " at index " + index;
        }
    }

    private FiniteCheck() {}

    /**
     * The first number that is not finite; tensors that are no weights are passed over.
     *
     * @return empty where all are finite
     */
    public static Optional<Culprit> first(Collection<Tensor> tensors) {
        for (Tensor tensor : tensors) {
            if (!tensor.dtype().isWeight()) {
                continue;
            }
            long index = firstIndex(tensor);
            if (index >= 0) {
                return Optional.of(new Culprit(tensor.name(), index, tensor.get(index)));
            }
        }
        return Optional.empty();
    }

    private static long firstIndex(Tensor tensor) {
        long elements = tensor.elements();
        for (long from = 0; from < elements; from += BLOCK) {
            int count = (int) Math.min(BLOCK, elements - from);
            if (holdsBad(tensor, from, count)) {
                for (long i = from; i < from + count; i++) {
                    if (!Float.isFinite(tensor.get(i))) {
                        return i;
                    }
                }
            }
        }
        return -1;
    }

    /** A number is not finite where all bits of its exponent are set. */
    private static boolean holdsBad(Tensor tensor, long from, int count) {
        MemorySegment block =
                tensor.memory()
                        .asSlice(
                                from * tensor.dtype().bytes(),
                                (long) count * tensor.dtype().bytes());
        int bad = 0;
        if (tensor.dtype() == DType.F32) {
            for (int i = 0; i < count; i++) {
                int bits = block.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
                bad |= isAll(bits, 0x7F80_0000);
            }
            return bad != 0;
        }
        int exponent = tensor.dtype() == DType.F16 ? 0x7C00 : 0x7F80;
        for (int i = 0; i < count; i++) {
            bad |= isAll(block.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i), exponent);
        }
        return bad != 0;
    }

    private static int isAll(int bits, int exponent) {
        return (bits & exponent) == exponent ? 1 : 0;
    }
}
