package io.pocketllm.app.setup;

import io.pocketllm.app.text.Units;
import io.pocketllm.run.RunSpec;
import io.pocketllm.zo.MethodSetting;
import io.pocketllm.zo.MethodSpec;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** The numbers of a run a person may change, in the order they are shown. */
public enum Setting {
    /** η. */
    LEARNING_RATE(
            "learning rate",
            "method.learningRate",
            "η: how far one step moves along the measured slope.",
            s -> Units.setting(s.method().learningRate())),
    /** ε. */
    PERTURBATION_SCALE(
            "ε",
            "method.perturbationScale",
            "How far the parameters are moved to each side to measure the slope.",
            s -> Units.setting(s.method().perturbationScale())),
    /** Probes a step. */
    DIRECTIONS(
            "directions",
            "method.directions",
            "Two-sided probes a step, each along its own random direction. More is calmer and slower.",
            s -> String.valueOf(s.method().directions())),
    /** Columns of an adapter. */
    LORA_RANK(
            "LoRA rank",
            "method.loraRank",
            "Columns of each LoRA adapter.",
            s -> String.valueOf(s.method().loraRank()),
            s -> hasAdapters(s.method())),
    /** Principal directions kept. */
    SUBSPACE_RANK(
            "subspace",
            "method.subspaceRank",
            "Principal directions of the activations in which the noise is drawn.",
            s -> String.valueOf(s.method().subspaceRank()),
            s -> s.method().direction() == MethodSpec.Direction.ACTIVATION_SUBSPACE),
    /** Scale of an adapter. */
    LORA_ALPHA("LoRA alpha", MethodSetting.LORA_ALPHA, Setting::hasAdapters),
    /** Rank of a direction. */
    DIRECTION_RANK(
            "rank",
            MethodSetting.DIRECTION_RANK,
            m -> m.direction() == MethodSpec.Direction.LOW_RANK),
    /** Steps between two V. */
    REFRESH_EVERY(
            "ν, steps",
            MethodSetting.REFRESH_EVERY,
            m -> m.direction() == MethodSpec.Direction.LOW_RANK),
    /** Half angle of the cone. */
    CONE_ANGLE(
            "cone, rad", MethodSetting.CONE_ANGLE, m -> m.direction() == MethodSpec.Direction.CONE),
    /** Share of each tensor that moves. */
    SPARSE_SHARE(
            "share", MethodSetting.SPARSE_SHARE, m -> m.direction() == MethodSpec.Direction.SPARSE),
    /** Tokens before each text. */
    PREFIX_TOKENS("prefix", MethodSetting.PREFIX_TOKENS, m -> m.space() == MethodSpec.Space.PREFIX),
    /** Decay of the running mean. */
    MOMENTUM("momentum β", MethodSetting.MOMENTUM, Setting::hasMean),
    /** Decay of the running squares. */
    SECOND_MOMENT("β₂", MethodSetting.SECOND_MOMENT, Setting::hasSquares),
    /** Beside a root. */
    STABILITY("ζ", MethodSetting.STABILITY, Setting::hasSquares),
    /** Pull towards zero. */
    WEIGHT_DECAY(
            "decay λ",
            MethodSetting.WEIGHT_DECAY,
            m -> m.update() != MethodSpec.Update.CONSERVATIVE),
    /** Examples a step. */
    BATCH(
            "batch",
            "training.batchSize",
            "Examples a step. A larger batch needs more memory and gives a calmer slope.",
            s -> String.valueOf(s.training().batchSize())),
    /** Steps. */
    STEPS(
            "steps",
            "training.steps",
            "Optimiser steps of the run.",
            s -> String.valueOf(s.training().steps())),
    /** Steps between evaluations. */
    EVALUATE_EVERY(
            "check every",
            "training.evaluateEvery",
            "Steps between two measurements of held-out loss and accuracy.",
            s -> String.valueOf(s.training().evaluateEvery())),
    /** Noise and batches. */
    SEED(
            "seed",
            "seed",
            "Decides the noise and the batches: the same seed gives the same run.",
            s -> "" + s.seed());

    private final String label;
    private final String key;
    private final String help;
    private final Function<RunSpec, String> value;
    private final Predicate<RunSpec> applies;

    Setting(String label, String key, String help, Function<RunSpec, String> value) {
        this(label, key, help, value, s -> true);
    }

    Setting(String label, MethodSetting setting, Predicate<MethodSpec> applies) {
        this(
                label,
                "method." + setting.key(),
                setting.meaning().substring(0, 1).toUpperCase(Locale.ROOT)
                        + setting.meaning().substring(1)
                        + ".",
                s -> Units.setting(s.method().value(setting)),
                s -> applies.test(s.method()));
    }

    Setting(
            String label,
            String key,
            String help,
            Function<RunSpec, String> value,
            Predicate<RunSpec> applies) {
        this.label = label;
        this.key = key;
        this.help = help;
        this.value = value;
        this.applies = applies;
    }

    private static boolean hasAdapters(MethodSpec method) {
        return method.space() == MethodSpec.Space.LORA || method.space() == MethodSpec.Space.LORA_B;
    }

    private static boolean hasMean(MethodSpec method) {
        return method.direction() == MethodSpec.Direction.CONE
                || switch (method.update()) {
                    case MOMENTUM, LOW_RANK_MOMENTUM, ADAM -> true;
                    case SGD, SIGN, CONSERVATIVE, VARIANCE_NORMALISED, SCALAR_ADAPTIVE -> false;
                };
    }

    private static boolean hasSquares(MethodSpec method) {
        return method.update() == MethodSpec.Update.ADAM
                || method.update() == MethodSpec.Update.SCALAR_ADAPTIVE;
    }

    /** Its name in the window. */
    public String label() {
        return label;
    }

    /** Its dotted path in the run file. */
    public String key() {
        return key;
    }

    /** What it does, one or two sentences. */
    public String help() {
        return help;
    }

    /** Its value in a run, as a person would type it. */
    public String valueIn(RunSpec spec) {
        return value.apply(spec);
    }

    /** Whether it changes anything in this run. */
    public boolean appliesTo(RunSpec spec) {
        return applies.test(spec);
    }
}
