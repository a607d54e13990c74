package io.pocketllm.zo;

/**
 * A zeroth-order method as its orthogonal choices: what moves, how a direction is drawn, how many
 * slopes are measured a step, and what is done with them.
 *
 * @param space which parameters move
 * @param direction how a direction is drawn in that space
 * @param directions two-sided probes a step, each along its own direction; 1 is MeZO
 * @param update what is done with the measured slopes
 * @param learningRate step size; constant, as MeZO has it
 * @param perturbationScale ε: how far the parameters are moved to each side
 * @param momentum decay of the running gradient, used by {@link Update#MOMENTUM} only
 * @param weightDecay λ of MeZO; never applied to biases and normalisation weights
 * @param loraRank columns of a LoRA adapter
 * @param loraAlpha LoRA scale: the adapter's output is multiplied by alpha / rank
 * @param subspaceRank principal directions of the activations kept by {@link
 *     Direction#ACTIVATION_SUBSPACE}
 */
public record MethodSpec(
        Space space,
        Direction direction,
        int directions,
        Update update,
        double learningRate,
        double perturbationScale,
        double momentum,
        double weightDecay,
        int loraRank,
        double loraAlpha,
        int subspaceRank) {

    /** Which parameters move. */
    public enum Space {
        /** Every floating-point weight of the model and the head. */
        FULL("full"),
        /** The classification head alone; the encoder stays frozen. */
        HEAD("head"),
        /** Low-rank adapters on the query and value projections, and the head. */
        LORA("lora");

        private final String key;

        Space(String key) {
            this.key = key;
        }

        /** The word used in run files. */
        public String key() {
            return key;
        }
    }

    /** How a direction is drawn. */
    public enum Direction {
        /** Independent standard normal numbers (MeZO, arXiv 2305.17333). */
        GAUSSIAN("gaussian"),
        /** Independent signs, each ±1 with equal chance. */
        RADEMACHER("rademacher"),
        /**
         * Standard normal numbers inside the span of the layer's own input activations, found by
         * forward passes on training batches. A linear layer's gradient is an outer product with
         * its input, so it lies in that span.
         */
        ACTIVATION_SUBSPACE("activation-subspace");

        private final String key;

        Direction(String key) {
            this.key = key;
        }

        /** The word used in run files. */
        public String key() {
            return key;
        }
    }

    /** What is done with the measured slopes. */
    public enum Update {
        /** θ −= η g z. */
        SGD("sgd"),
        /** m = β m + (1 − β) g z; θ −= η m. Needs one more number for each that moves. */
        MOMENTUM("momentum");

        private final String key;

        Update(String key) {
            this.key = key;
        }

        /** The word used in run files. */
        public String key() {
            return key;
        }
    }

    /** One line for people, such as "Head, activation subspace, 4 directions, SGD". */
    public String describe() {
        String where =
                switch (space) {
                    case FULL -> "All parameters";
                    case HEAD -> "Head";
                    case LORA -> "LoRA (q, v), rank " + loraRank;
                };
        String how =
                switch (direction) {
                    case GAUSSIAN -> "Gaussian";
                    case RADEMACHER -> "Rademacher";
                    case ACTIVATION_SUBSPACE -> "activation subspace " + subspaceRank;
                };
        String many = directions == 1 ? "" : ", " + directions + " directions";
        return where + ", " + how + many + ", " + (update == Update.SGD ? "SGD" : "momentum");
    }
}
