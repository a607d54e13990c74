package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;
import java.util.Arrays;

/**
 * Where a direction's numbers come from. Runs draw them from {@link StreamNoise}; a test may put
 * numbers of its own in their place.
 */
interface NoiseSource {

    /** Numbers held on the heap at a time by whoever works through a tensor with a buffer. */
    int CHUNK = 4096;

    /**
     * Writes elements [from, to) of a draw to {@code target} from index 0 on.
     *
     * @param step step the draw belongs to
     * @param role which of the step's draws
     * @param tensor place of the tensor in the space
     */
    void fill(int step, int role, int tensor, float[] target, long from, long to);

    /** θ = keep · θ + Σ aₖ zₖ over elements [from, to), summed in the order of the roles. */
    default void addAll(
            int step,
            int[] roles,
            int place,
            Tensor tensor,
            float[] a,
            float keep,
            long from,
            long to) {
        int[] steps = new int[roles.length];
        Arrays.fill(steps, step);
        addAll(steps, roles, place, tensor, a, keep, from, to);
    }

    /** The same with draws of several steps: draw k is {@code roles[k]} of {@code steps[k]}. */
    default void addAll(
            int[] steps,
            int[] roles,
            int place,
            Tensor tensor,
            float[] a,
            float keep,
            long from,
            long to) {
        Chunks.addAll(
                tensor,
                a,
                keep,
                from,
                to,
                (k, buffer, start, end) -> fill(steps[k], roles[k], place, buffer, start, end));
    }
}
