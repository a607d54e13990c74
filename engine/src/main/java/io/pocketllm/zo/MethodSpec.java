package io.pocketllm.zo;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A zeroth-order method as its orthogonal choices: what moves, how a direction is drawn, how the
 * slope along it is measured, and what is done with the measured slopes; with the numbers of each.
 *
 * @param preset id in {@link MethodCatalogue} that it began from; empty where it was put together
 *     by hand
 * @param space which parameters move
 * @param direction how a direction is drawn in that space
 * @param estimator how the slope along a direction is measured
 * @param update what is done with the measured slopes
 * @param branches whether a step's probes share a forward pass
 * @param values the numbers; a setting that is not there has its default
 */
public record MethodSpec(
        String preset,
        Space space,
        Direction direction,
        Estimator estimator,
        Update update,
        Branches branches,
        Map<MethodSetting, Double> values) {

    /** A choice with a word for run files. */
    public sealed interface Keyed permits Space, Direction, Estimator, Update, Branches {
        /** The word used in run files. */
        String key();
    }

    /** Which parameters move. */
    public enum Space implements Keyed {
        /** Every floating-point weight of the model and the head. */
        FULL("full"),
        /** The classification head alone; the encoder stays frozen. */
        HEAD("head"),
        /** Low-rank adapters on the query and value projections, and the head. */
        LORA("lora"),
        /** Biases and normalisation weights (BitFit, arXiv 2106.10199), and the head. */
        BITFIT("bitfit"),
        /** The B of low-rank adapters, whose A is drawn once and stays; and the head. */
        LORA_B("lora-b"),
        /** Keys and values of a few tokens put before each text (prefix tuning). */
        PREFIX("prefix"),
        /** Scales of a quantised base's blocks (QZO, arXiv 2505.13430), and the head. */
        SCALES("scales");

        private final String key;

        Space(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }
    }

    /** How a direction is drawn. */
    public enum Direction implements Keyed {
        /** Independent standard normal numbers (MeZO, arXiv 2305.17333). */
        GAUSSIAN("gaussian"),
        /** Independent signs, each ±1 with equal chance. */
        RADEMACHER("rademacher"),
        /**
         * Standard normal numbers inside the span of the layer's own input activations, found by
         * forward passes on training batches. A linear layer's gradient is an outer product with
         * its input, so it lies in that span.
         */
        ACTIVATION_SUBSPACE("activation-subspace"),
        /** U Vᵀ of low rank for matrices (LOZO, arXiv 2410.07698). */
        LOW_RANK("low-rank"),
        /** Normal numbers leaning towards a running mean of what was measured (ConMeZO). */
        CONE("cone"),
        /** Normal numbers on the smallest weights alone (Sparse-MeZO, arXiv 2402.15751). */
        SPARSE("sparse");

        private final String key;

        Direction(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }
    }

    /** How the slope along a direction is measured. */
    public enum Estimator implements Keyed {
        /** From θ + εd and θ − εd: two forward passes a direction. */
        TWO_SIDED("two-sided"),
        /** From θ + εd and one loss at θ for all directions: N + 1 forward passes. */
        ONE_SIDED("one-sided");

        private final String key;

        Estimator(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }
    }

    /** What is done with the measured slopes. */
    public enum Update implements Keyed {
        /** θ −= η g d. */
        SGD("sgd"),
        /** m = β m + (1 − β) g d; θ −= η m. Needs one more number for each that moves. */
        MOMENTUM("momentum"),
        /** θ −= η sign(g) d. */
        SIGN("sign"),
        /** The best of θ, θ − η g d and θ + η g d; three more forward passes. */
        CONSERVATIVE("conservative"),
        /** Adam on the estimated gradient. Needs two more numbers for each that moves. */
        ADAM("adam"),
        /** θ −= η / σ · mean of (ℓᵢ − ℓ₀)/ε · dᵢ, σ the losses' deviation (FZOO). */
        VARIANCE_NORMALISED("variance-normalised"),
        /** v = β₂ v + (1 − β₂) g²; θ −= η / (√v̂ + ζ) · g d: one scalar (MEAZO). */
        SCALAR_ADAPTIVE("scalar-adaptive"),
        /** Momentum kept as m × r numbers of a matrix (LOZO-M). */
        LOW_RANK_MOMENTUM("low-rank-momentum");

        private final String key;

        Update(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }
    }

    /** Whether a step's probes share a forward pass. */
    public enum Branches implements Keyed {
        /** In the graph for lora-b where the update allows it, else in place. */
        AUTO("auto"),
        /** The parameters walk from probe to probe; a forward pass at each. */
        IN_PLACE("in-place"),
        /** One forward pass over copies of the parameters, one for each probe. */
        IN_GRAPH("in-graph");

        private final String key;

        Branches(String key) {
            this.key = key;
        }

        @Override
        public String key() {
            return key;
        }
    }

    /** Keeps only what differs from the defaults, so that equal methods are equal records. */
    public MethodSpec {
        Map<MethodSetting, Double> kept = new EnumMap<>(MethodSetting.class);
        values.forEach(
                (setting, value) -> {
                    if (!value.equals(setting.fallback())) {
                        kept.put(setting, value);
                    }
                });
        values = Collections.unmodifiableMap(kept);
    }

    /** Plain MeZO in a space, at a step size. */
    public static MethodSpec mezo(Space space, double learningRate) {
        return new MethodSpec(
                "",
                space,
                Direction.GAUSSIAN,
                Estimator.TWO_SIDED,
                Update.SGD,
                Branches.AUTO,
                Map.of(MethodSetting.LEARNING_RATE, learningRate));
    }

    /** The same with one number changed. */
    public MethodSpec with(MethodSetting setting, double value) {
        Map<MethodSetting, Double> changed = new EnumMap<>(MethodSetting.class);
        changed.putAll(values);
        changed.put(setting, value);
        return new MethodSpec(preset, space, direction, estimator, update, branches, changed);
    }

    /** The same with other choices. */
    public MethodSpec with(Direction other, Estimator measured, Update used) {
        return new MethodSpec(preset, space, other, measured, used, branches, values);
    }

    /** The same with its probes taken another way. */
    public MethodSpec with(Branches other) {
        return new MethodSpec(preset, space, direction, estimator, update, other, values);
    }

    /** The number of a setting, or its default. */
    public double value(MethodSetting setting) {
        Double own = values.get(setting);
        if (own == null && setting.fallback() == null) {
            throw new IllegalArgumentException(setting.key() + " has no default");
        }
        return own == null ? setting.fallback() : own;
    }

    private int count(MethodSetting setting) {
        return (int) value(setting);
    }

    /** Directions a step; 1 is MeZO. */
    public int directions() {
        return count(MethodSetting.DIRECTIONS);
    }

    /** η. */
    public double learningRate() {
        return value(MethodSetting.LEARNING_RATE);
    }

    /** ε: how far a probe moves the parameters. */
    public double perturbationScale() {
        return value(MethodSetting.PERTURBATION_SCALE);
    }

    /** β of running means. */
    public double momentum() {
        return value(MethodSetting.MOMENTUM);
    }

    /** λ of MeZO; never applied to biases and normalisation weights. */
    public double weightDecay() {
        return value(MethodSetting.WEIGHT_DECAY);
    }

    /** Columns of a LoRA adapter. */
    public int loraRank() {
        return count(MethodSetting.LORA_RANK);
    }

    /** LoRA's scale: the adapter's output is multiplied by alpha / rank. */
    public double loraAlpha() {
        return value(MethodSetting.LORA_ALPHA);
    }

    /** Principal directions kept by {@link Direction#ACTIVATION_SUBSPACE}. */
    public int subspaceRank() {
        return count(MethodSetting.SUBSPACE_RANK);
    }

    /** Tokens of a prefix. */
    public int prefixTokens() {
        return count(MethodSetting.PREFIX_TOKENS);
    }

    /** Whether a step's probes share one forward pass over copies of the parameters. */
    public boolean inGraph() {
        return switch (branches) {
            case IN_PLACE -> false;
            case IN_GRAPH -> true;
            case AUTO -> space == Space.LORA_B && update != Update.CONSERVATIVE;
        };
    }

    /**
     * Whether it can train the whole model in half precision as it is stored: probes are made as
     * the model is fed, and an update is one rounded sum. What remembers a number for each
     * parameter, or walks to try an update out, needs fp32.
     */
    public boolean movesHalves() {
        return space == Space.FULL
                && !inGraph()
                && switch (update) {
                    case SGD, SIGN, VARIANCE_NORMALISED, SCALAR_ADAPTIVE -> true;
                    case MOMENTUM, ADAM, LOW_RANK_MOMENTUM, CONSERVATIVE -> false;
                };
    }

    /** Points at which a step asks for the loss before it updates. */
    public int probes() {
        return estimator == Estimator.TWO_SIDED ? 2 * directions() : directions() + 1;
    }

    /**
     * Whether weight decay applies to a tensor. This is the rule of MeZO's reference code
     * (github.com/princeton-nlp/MeZO), taken by the letter so that runs compare with it: names with
     * {@code bias}, {@code layer_norm} or {@code layernorm} in them do not decay, and so GPT-2's
     * {@code ln_1.weight} does.
     */
    public static boolean decays(String tensorName) {
        return !tensorName.contains("bias")
                && !tensorName.contains("layer_norm")
                && !tensorName.contains("layernorm");
    }

    /** Whether a tensor holds a quantised matrix's scales, which are never negative. */
    public static boolean isScales(String tensorName) {
        return tensorName.endsWith(".scales");
    }

    /** Whether a tensor is a bias or a normalisation weight: BitFit moves these. */
    public static boolean isBiasOrNorm(String tensorName) {
        String name = tensorName.toLowerCase(java.util.Locale.ROOT);
        return name.endsWith("bias")
                || name.endsWith("beta")
                || name.contains("layernorm")
                || name.contains("layer_norm")
                || name.contains("_norm.")
                || name.contains(".norm.")
                || name.contains("ln_");
    }

    /** One line for people, such as "Head, activation subspace 64, 4 directions, SGD". */
    public String describe() {
        return MethodText.describe(this);
    }
}
