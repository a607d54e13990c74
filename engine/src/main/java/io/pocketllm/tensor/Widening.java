package io.pocketllm.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads tensors' numbers as fp32 a block at a time, exactly. Its loops have no branch, so that the
 * compiler makes vectors of them. For one thread.
 */
public final class Widening {

    private short[] halves = new short[0];

    /**
     * Elements [from, from + count) to {@code target} from index 0 on.
     *
     * @param tensor of F32, F16 or BF16
     * @throws IllegalArgumentException where it holds no weights
     */
    public void read(Tensor tensor, long from, float[] target, int count) {
        switch (tensor.dtype()) {
            case F32 ->
                    MemorySegment.copy(tensor.memory(), Tensor.FLOAT, 4 * from, target, 0, count);
            case F16 -> {
                load(tensor, from, count);
                for (int i = 0; i < count; i++) {
                    target[i] = Float.float16ToFloat(halves[i]);
                }
            }
            case BF16 -> {
                load(tensor, from, count);
                for (int i = 0; i < count; i++) {
                    target[i] = Float.intBitsToFloat(halves[i] << 16);
                }
            }
            default ->
                    throw new IllegalArgumentException(
                            tensor.name() + " holds " + tensor.dtype() + ", no weights");
        }
    }

    private void load(Tensor tensor, long from, int count) {
        if (halves.length < count) {
            halves = new short[count];
        }
        MemorySegment.copy(
                tensor.memory(), ValueLayout.JAVA_SHORT_UNALIGNED, 2 * from, halves, 0, count);
    }
}
