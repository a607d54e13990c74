package io.pocketllm.zo;

import io.pocketllm.zo.MethodSpec.Estimator;

/** A method in words. */
final class MethodText {

    private MethodText() {}

    static String describe(MethodSpec method) {
        String many = method.directions() == 1 ? "" : ", " + method.directions() + " directions";
        String sided = method.estimator() == Estimator.ONE_SIDED ? ", one-sided" : "";
        return space(method) + ", " + direction(method) + many + sided + ", " + update(method);
    }

    private static String space(MethodSpec method) {
        return switch (method.space()) {
            case FULL -> "All parameters";
            case HEAD -> "Head";
            case LORA -> "LoRA (q, v), rank " + method.loraRank();
            case LORA_B -> "LoRA B alone (q, v), rank " + method.loraRank();
            case BITFIT -> "Biases and norms";
            case SCALES -> "Scales of blocks";
            case PREFIX -> "Prefix of " + method.prefixTokens() + " tokens";
        };
    }

    private static String direction(MethodSpec method) {
        return switch (method.direction()) {
            case GAUSSIAN -> "Gaussian";
            case RADEMACHER -> "Rademacher";
            case ACTIVATION_SUBSPACE -> "activation subspace " + method.subspaceRank();
            case LOW_RANK -> "rank " + (int) method.value(MethodSetting.DIRECTION_RANK);
            case CONE -> "cone of " + method.value(MethodSetting.CONE_ANGLE) + " rad";
            case SPARSE ->
                    "smallest " + Math.round(100 * method.value(MethodSetting.SPARSE_SHARE)) + " %";
        };
    }

    private static String update(MethodSpec method) {
        return switch (method.update()) {
            case SGD -> "SGD";
            case MOMENTUM -> "momentum";
            case SIGN -> "sign";
            case CONSERVATIVE -> "conservative";
            case ADAM -> "Adam";
            case VARIANCE_NORMALISED -> "variance-normalised";
            case SCALAR_ADAPTIVE -> "adaptive scalar";
            case LOW_RANK_MOMENTUM -> "low-rank momentum";
        };
    }
}
