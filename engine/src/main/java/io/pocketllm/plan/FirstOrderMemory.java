package io.pocketllm.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * What training every parameter with backpropagation would hold in fp32, by formula: nothing here
 * is measured. With P parameters, n layers, T = rows · length tokens, hidden size h, inner size f,
 * a heads and V words:
 *
 * <pre>
 *   weights            4 P
 *   gradients          4 P;  LOMO (arXiv 2306.09782): those of the largest tensor alone
 *   optimiser's state  Adam, AdamW: 8 P;  SGD, LOMO: 0
 *   kept activations   4 (n T (8 h + 2 f + a length) + T h)
 *   logits             2 · 4 · predictions · V
 * </pre>
 *
 * <p>AdamW differs from Adam in its step, not in what it keeps.
 */
public final class FirstOrderMemory {

    private FirstOrderMemory() {}

    /** The optimisers compared. */
    public enum Optimiser {
        ADAM("Adam"),
        ADAMW("AdamW"),
        LOMO("LOMO"),
        SGD("SGD");

        private final String label;

        Optimiser(String label) {
            this.label = label;
        }

        /** Its name for people. */
        public String label() {
            return label;
        }
    }

    /** The parts for one optimiser, on the request's model, batch and length. */
    public static RunPlan of(PlanRequest request, Optimiser optimiser) {
        ModelSizes m = ModelSizes.of(request.model());
        long largest = Math.max(m.tableNumbers(), m.largestLinear());
        long gradients = optimiser == Optimiser.LOMO ? largest : m.parameters();
        long state =
                switch (optimiser) {
                    case ADAM, ADAMW -> 2 * m.parameters();
                    case LOMO, SGD -> 0;
                };
        long rows =
                request.microRows() == 0
                        ? request.batchRows()
                        : Math.min(request.batchRows(), request.microRows());
        long tokens = rows * request.length();
        long inside = (m.gated() ? 3 : 2) * m.inner();
        long kept =
                m.layers() * tokens * (8 * m.hidden() + inside + m.heads() * request.length())
                        + tokens * m.hidden();
        long logits = 2 * rows * request.answerTokens() * m.vocabulary();
        List<MemoryPart> parts = new ArrayList<>();
        parts.add(new MemoryPart("weights", 4 * m.parameters()));
        parts.add(new MemoryPart("gradients", 4 * gradients));
        parts.add(new MemoryPart("optimiser state", 4 * state));
        parts.add(new MemoryPart("activations kept", 4 * kept));
        parts.add(new MemoryPart("logits", 4 * logits));
        parts.add(
                new MemoryPart(
                        "runtime and Java",
                        RunPlan.RUNTIME_BYTES + RunPlan.LAYER_BYTES * m.layers()));
        return new RunPlan(parts);
    }
}
