package io.pocketllm.zo;

/** The numbers of a method, each with its key in run files, its default and its bounds. */
public enum MethodSetting {
    /** How many directions a step measures a slope along. */
    DIRECTIONS("directions", 1.0, 1, 1024, true, "directions a step"),
    /** η. Has no default: methods differ by factors of a thousand. */
    LEARNING_RATE("learningRate", null, 0, 1e6, false, "step size η"),
    /** ε. */
    PERTURBATION_SCALE("perturbationScale", 1e-3, 1e-12, 1e3, false, "ε, how far a probe moves"),
    /** λ of MeZO; never applied to biases and normalisation weights. */
    WEIGHT_DECAY("weightDecay", 0.0, 0, 10, false, "weight decay λ"),
    /** β of running means: of the gradient, or of what a cone leans towards. */
    MOMENTUM("momentum", 0.9, 0, 0.999999, false, "decay β of the running mean"),
    /** β₂ of the running mean of squares. */
    SECOND_MOMENT("secondMoment", 0.999, 0, 0.999999, false, "decay β₂ of the running squares"),
    /** ζ, added to a root before dividing by it. */
    STABILITY("stability", 1e-8, 0, 1, false, "ζ beside the root"),
    /** r of LOZO's U Vᵀ. */
    DIRECTION_RANK("directionRank", 2.0, 1, 1024, true, "rank r of a direction U Vᵀ"),
    /** ν of LOZO: steps that share a V. */
    REFRESH_EVERY("refreshEvery", 50.0, 1, 1_000_000, true, "steps ν between two V"),
    /** φ of ConMeZO, radians; π/2 is plain noise. */
    CONE_ANGLE("coneAngle", 1.35, 0, Math.PI / 2, false, "half angle φ of the cone, radians"),
    /** Part of each tensor that moves, the smallest |θ| of it. */
    SPARSE_SHARE("sparseShare", 0.25, 1e-6, 1, false, "share of each tensor that moves"),
    /** Slopes are cut to ± this (QZO, arXiv 2505.13430); 0 for none. */
    SLOPE_CLIP("slopeClip", 0.0, 0, 1e12, false, "bound of a slope, 0 for none"),
    /** Columns of a LoRA adapter. */
    LORA_RANK("loraRank", 8.0, 1, 1024, true, "columns of an adapter"),
    /** LoRA's scale: the adapter's output is multiplied by alpha / rank. */
    LORA_ALPHA("loraAlpha", 16.0, 1e-6, 1e6, false, "scale of an adapter"),
    /** Principal directions of the activations that are kept. */
    SUBSPACE_RANK("subspaceRank", 32.0, 1, 65_536, true, "principal directions kept"),
    /** Tokens of a prefix. */
    PREFIX_TOKENS("prefixTokens", 5.0, 1, 1024, true, "tokens of a prefix");

    private final String key;
    private final Double fallback;
    private final double min;
    private final double max;
    private final boolean whole;
    private final String meaning;

    MethodSetting(
            String key, Double fallback, double min, double max, boolean whole, String meaning) {
        this.key = key;
        this.fallback = fallback;
        this.min = min;
        this.max = max;
        this.whole = whole;
        this.meaning = meaning;
    }

    /** The word used in run files, under {@code method}. */
    public String key() {
        return key;
    }

    /** Its value where neither the run file nor a preset says one; null where one of them must. */
    public Double fallback() {
        return fallback;
    }

    /** Smallest value allowed. */
    public double min() {
        return min;
    }

    /** Largest value allowed. */
    public double max() {
        return max;
    }

    /** Whether only whole numbers are allowed. */
    public boolean whole() {
        return whole;
    }

    /** What it is, in a few words for people. */
    public String meaning() {
        return meaning;
    }
}
