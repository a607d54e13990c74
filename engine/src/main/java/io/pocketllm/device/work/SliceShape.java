package io.pocketllm.device.work;

import java.util.stream.IntStream;

/** The shape of a Slice, and its content where that is known. */
final class SliceShape {

    private SliceShape() {}

    static Value of(Node node) {
        Value data = node.input(0);
        long[] starts = node.numbers(1, "starts");
        long[] ends = node.numbers(2, "ends");
        long[] axes = node.numbers(3, "axes");
        long[] steps = node.has(4) ? node.numbers(4) : null;
        long[] shape = data.shape().clone();
        long[] numbers = data.rank() == 1 ? data.numbers() : null;
        for (int i = 0; i < starts.length; i++) {
            int axis = axes == null ? i : Value.axis(axes[i], data.rank());
            long size = shape[axis];
            long step = steps == null ? 1 : steps[i];
            if (step < 1) {
                // Backwards: only as long as the whole is it certain, and only the length matters.
                numbers = null;
                continue;
            }
            long from = bound(starts[i], size);
            long count = Math.max(0, Math.ceilDiv(bound(ends[i], size) - from, step));
            shape[axis] = count;
            if (numbers != null) {
                long[] all = numbers;
                numbers =
                        IntStream.range(0, (int) count)
                                .mapToLong(n -> all[(int) (from + n * step)])
                                .toArray();
            }
        }
        return new Value(shape, numbers);
    }

    private static long bound(long index, long size) {
        return Math.clamp(index < 0 ? index + size : index, 0, size);
    }
}
