package io.pocketllm.zo;

import static io.pocketllm.zo.MethodSetting.CONE_ANGLE;
import static io.pocketllm.zo.MethodSetting.DIRECTIONS;
import static io.pocketllm.zo.MethodSetting.DIRECTION_RANK;
import static io.pocketllm.zo.MethodSetting.LEARNING_RATE;
import static io.pocketllm.zo.MethodSetting.LORA_ALPHA;
import static io.pocketllm.zo.MethodSetting.LORA_RANK;
import static io.pocketllm.zo.MethodSetting.MOMENTUM;
import static io.pocketllm.zo.MethodSetting.PERTURBATION_SCALE;
import static io.pocketllm.zo.MethodSetting.PREFIX_TOKENS;
import static io.pocketllm.zo.MethodSetting.REFRESH_EVERY;
import static io.pocketllm.zo.MethodSetting.SLOPE_CLIP;
import static io.pocketllm.zo.MethodSetting.SPARSE_SHARE;
import static io.pocketllm.zo.MethodSetting.SUBSPACE_RANK;

import io.pocketllm.zo.MethodSpec.Direction;
import io.pocketllm.zo.MethodSpec.Estimator;
import io.pocketllm.zo.MethodSpec.Space;
import io.pocketllm.zo.MethodSpec.Update;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every method that a run file can name. Numbers are the papers' own, or the sample run's. */
public final class MethodCatalogue {

    private static final String NOTHING = "nothing";

    private static final List<Space> ANY =
            List.of(Space.FULL, Space.HEAD, Space.LORA, Space.LORA_B, Space.BITFIT, Space.PREFIX);

    private static final List<MethodPreset> ALL =
            List.of(
                    new MethodPreset(
                            "mezo",
                            "MeZO",
                            "arXiv 2305.17333",
                            "g = (ℓ₊ − ℓ₋)/2ε; θ −= η (g z + λ θ)",
                            NOTHING,
                            ANY,
                            Direction.GAUSSIAN,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(LEARNING_RATE, 1e-6, PERTURBATION_SCALE, 1e-3)),
                    new MethodPreset(
                            "mezo-lora",
                            "MeZO on LoRA",
                            "arXiv 2305.17333",
                            "MeZO on the A and B of adapters",
                            NOTHING,
                            List.of(Space.LORA),
                            Direction.GAUSSIAN,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(
                                    LEARNING_RATE,
                                    5e-5,
                                    PERTURBATION_SCALE,
                                    1e-3,
                                    LORA_RANK,
                                    8.0,
                                    LORA_ALPHA,
                                    16.0)),
                    new MethodPreset(
                            "mezo-prefix",
                            "MeZO on a prefix",
                            "arXiv 2305.17333",
                            "MeZO on the keys and values of a few tokens before the text",
                            NOTHING,
                            List.of(Space.PREFIX),
                            Direction.GAUSSIAN,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(
                                    LEARNING_RATE,
                                    1e-2,
                                    PERTURBATION_SCALE,
                                    1e-1,
                                    PREFIX_TOKENS,
                                    5.0)),
                    new MethodPreset(
                            "bitfit",
                            "MeZO on biases and norms",
                            "arXiv 2106.10199",
                            "MeZO on BitFit's parameters",
                            NOTHING,
                            List.of(Space.BITFIT),
                            Direction.GAUSSIAN,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of()),
                    new MethodPreset(
                            "lozo",
                            "LOZO",
                            "arXiv 2410.07698",
                            "W −= η g U Vᵀ, V drawn every ν steps; vectors along z",
                            "(m + n) r numbers a matrix",
                            ANY,
                            Direction.LOW_RANK,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(LEARNING_RATE, 1e-6, DIRECTION_RANK, 2.0, REFRESH_EVERY, 50.0)),
                    new MethodPreset(
                            "lozo-m",
                            "LOZO-M",
                            "arXiv 2410.07698",
                            "N = β N + (1−β) g U; W −= η N Vᵀ; new V: N ← N (VᵀV′)/n",
                            "(2m + n) r numbers a matrix, one more number for each of a vector",
                            ANY,
                            Direction.LOW_RANK,
                            Estimator.TWO_SIDED,
                            Update.LOW_RANK_MOMENTUM,
                            Map.of(
                                    LEARNING_RATE,
                                    1e-6,
                                    DIRECTION_RANK,
                                    2.0,
                                    REFRESH_EVERY,
                                    50.0,
                                    MOMENTUM,
                                    0.9)),
                    new MethodPreset(
                            "p-rge",
                            "P-RGE",
                            "arXiv 2409.15520",
                            "2q copies of B in one forward pass; B −= η mean(gᵢ zᵢ)",
                            "2q copies of the adapters' B",
                            List.of(Space.LORA_B),
                            Direction.GAUSSIAN,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(
                                    LEARNING_RATE,
                                    5e-5,
                                    PERTURBATION_SCALE,
                                    1e-2,
                                    LORA_RANK,
                                    16.0,
                                    LORA_ALPHA,
                                    32.0,
                                    DIRECTIONS,
                                    4.0)),
                    new MethodPreset(
                            "fzoo",
                            "FZOO",
                            "arXiv 2506.09034",
                            "θ −= η/(N ε σ) Σ(ℓᵢ − ℓ₀) uᵢ, uᵢ of signs, σ = std(ℓᵢ)",
                            NOTHING,
                            ANY,
                            Direction.RADEMACHER,
                            Estimator.ONE_SIDED,
                            Update.VARIANCE_NORMALISED,
                            Map.of(LEARNING_RATE, 5e-5, PERTURBATION_SCALE, 1e-4, DIRECTIONS, 8.0)),
                    new MethodPreset(
                            "conmezo",
                            "ConMeZO",
                            "ConMeZO",
                            "d = sin φ z + cos φ √D m/‖m‖; m = β m + (1−β) g d; θ −= η g d",
                            "one more number for each that moves",
                            ANY,
                            Direction.CONE,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(CONE_ANGLE, 1.35, MOMENTUM, 0.99)),
                    new MethodPreset(
                            "sparse-mezo",
                            "Sparse-MeZO",
                            "arXiv 2402.15751",
                            "d = mask ⊙ z, the mask the smallest |θ| of each tensor",
                            "one bit for each number that moves",
                            ANY,
                            Direction.SPARSE,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(LEARNING_RATE, 1e-6, SPARSE_SHARE, 0.25)),
                    new MethodPreset(
                            "agzo",
                            "Activation-guided B",
                            "AGZO",
                            "A = top directions of the layer's inputs, frozen; MeZO on B",
                            "A of each adapter",
                            List.of(Space.LORA_B, Space.LORA, Space.HEAD),
                            Direction.ACTIVATION_SUBSPACE,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of()),
                    variant("zo-sign", "ZO sign", "θ −= η sign(g) z", NOTHING, Update.SIGN),
                    variant(
                            "zo-momentum",
                            "ZO momentum",
                            "m = β m + (1−β) g z; θ −= η m",
                            "one more number for each that moves",
                            Update.MOMENTUM),
                    variant(
                            "zo-conservative",
                            "ZO conservative",
                            "the best of θ, θ − η g z, θ + η g z",
                            NOTHING,
                            Update.CONSERVATIVE),
                    variant(
                            "zo-adam",
                            "ZO Adam",
                            "Adam on g z",
                            "two more numbers for each that moves",
                            Update.ADAM),
                    new MethodPreset(
                            "meazo",
                            "MEAZO",
                            "MEAZO",
                            "v = β₂ v + (1−β₂) g²; θ −= η/(√v̂ + ζ) g z",
                            "one number",
                            ANY,
                            Direction.GAUSSIAN,
                            Estimator.TWO_SIDED,
                            Update.SCALAR_ADAPTIVE,
                            Map.of()),
                    new MethodPreset(
                            "qzo",
                            "QZO",
                            "arXiv 2505.13430",
                            "s −= η clip(g, ±c) z, s ≥ 0; w = s q, q fixed whole numbers",
                            NOTHING,
                            List.of(Space.SCALES),
                            Direction.GAUSSIAN,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(PERTURBATION_SCALE, 1e-3, SLOPE_CLIP, 100.0)),
                    new MethodPreset(
                            "head",
                            "Head in the activations' subspace",
                            "",
                            "MeZO on rank × classes numbers over frozen features",
                            "A of the head",
                            List.of(Space.HEAD),
                            Direction.ACTIVATION_SUBSPACE,
                            Estimator.TWO_SIDED,
                            Update.SGD,
                            Map.of(
                                    LEARNING_RATE,
                                    0.4,
                                    PERTURBATION_SCALE,
                                    0.05,
                                    DIRECTIONS,
                                    32.0,
                                    SUBSPACE_RANK,
                                    64.0)));

    private MethodCatalogue() {}

    /** The update rules compared in ZO-Bench; it names no defaults. */
    private static MethodPreset variant(
            String id, String name, String formula, String memory, Update update) {
        return new MethodPreset(
                id,
                name,
                "arXiv 2402.11592",
                formula,
                memory,
                ANY,
                Direction.GAUSSIAN,
                Estimator.TWO_SIDED,
                update,
                Map.of());
    }

    /** Every preset, in the order people are shown. */
    public static List<MethodPreset> all() {
        return ALL;
    }

    /** The preset of an id. */
    public static Optional<MethodPreset> find(String id) {
        return ALL.stream().filter(preset -> preset.id().equals(id)).findFirst();
    }
}
