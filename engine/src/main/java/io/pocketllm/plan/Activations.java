package io.pocketllm.plan;

/** Values that a forward pass holds at once. */
final class Activations {

    /** ONNX Runtime's arena grows in doubling regions, and keeps what one pass does not fill. */
    private static final double ARENA = 2.3;

    private Activations() {}

    /**
     * The larger of the two places where most is alive: inside attention, and inside the
     * feed-forward block. Nothing is kept for a backward pass, so layers do not add up.
     */
    static long bytes(PlanRequest request, ModelSizes m) {
        double arena = request.profile() == io.pocketllm.forward.MemoryProfile.SMALLEST ? 1 : ARENA;
        return (long) (arena * 4 * numbers(request, m));
    }

    private static long numbers(PlanRequest request, ModelSizes m) {
        long rows = request.rowsAtOnce();
        long length = request.length() + prefix(request);
        long tokens = rows * length;
        // The residual, queries, keys, values, and scores before and after the softmax.
        long attention =
                tokens * (2 * m.hidden() + 2 * m.keyValueSize())
                        + 2 * rows * m.heads() * length * length;
        // The residual, the block's input, and its inside before and after the activation.
        long feedForward = tokens * (2 * m.hidden() + (m.gated() ? 3 : 2) * m.inner());
        return Math.max(attention, feedForward);
    }

    private static int prefix(PlanRequest request) {
        return request.method().space() == io.pocketllm.zo.MethodSpec.Space.PREFIX
                ? request.method().prefixTokens()
                : 0;
    }
}
