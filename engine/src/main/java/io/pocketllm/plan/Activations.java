package io.pocketllm.plan;

import io.pocketllm.forward.MemoryProfile;
import io.pocketllm.zo.MethodSpec;

/** Values that a forward pass holds at once. */
final class Activations {

    /**
     * ONNX Runtime's arena grows in regions of doubling size, cuts blocks out of them, and keeps
     * what it has cut; its resident set is this often what is alive at once. Fitted.
     */
    private static final double ARENA = 1.35;

    /** Where a graph runs in segments, each kind of segment has an arena of its own. Fitted. */
    private static final double ARENAS = 5;

    private Activations() {}

    /**
     * The larger of the two places where most is alive: inside attention, and inside the
     * feed-forward block. Nothing is kept for a backward pass, so layers do not add up.
     */
    static long bytes(PlanRequest request, ModelSizes m) {
        return (long) (held(request) * 4 * numbers(request, m));
    }

    private static double held(PlanRequest request) {
        if (TrainedNumbers.keepsHalves(request)) {
            return request.profile() == MemoryProfile.FAST ? ARENAS : 1;
        }
        // Without the arena each value is given back when nothing reads it any more.
        return request.profile() == MemoryProfile.SMALLEST ? 1 : ARENA;
    }

    private static long numbers(PlanRequest request, ModelSizes m) {
        long length = request.length() + prefix(request);
        long tokens = request.rowsAtOnce() * length;
        // The residual; queries, keys and values; the three by heads; their product by heads, and
        // by tokens; and the scores, which become the softmax in place. Keys and values that
        // several heads share have been repeated by then.
        long attention = tokens * (9 * m.hidden() + m.heads() * length);
        // The residual, the block's input, and its inside before and after the activation.
        long feedForward = tokens * (2 * m.hidden() + (m.gated() ? 3 : 2) * m.inner());
        // Who sees whom is the same for all layers and heads.
        long mask = tokens * length;
        return Math.max(attention, feedForward) + mask;
    }

    private static int prefix(PlanRequest request) {
        return request.method().space() == MethodSpec.Space.PREFIX
                ? request.method().prefixTokens()
                : 0;
    }
}
