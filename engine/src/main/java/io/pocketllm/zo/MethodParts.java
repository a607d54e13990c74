package io.pocketllm.zo;

import io.pocketllm.tensor.Tensor;
import java.util.List;

/** Makes the working parts of a method: the one place that turns a word into a class. */
final class MethodParts {

    private MethodParts() {}

    static NoiseSource noise(MethodSpec method, long seed) {
        return new StreamNoise(seed, method.direction() == MethodSpec.Direction.RADEMACHER);
    }

    static DirectionSampler directions(
            MethodSpec method, NoiseSource noise, List<Tensor> tensors, TilePool pool) {
        return switch (method.direction()) {
            // The subspace is in the parameters themselves: an adapter behind a frozen A.
            case GAUSSIAN, RADEMACHER, ACTIVATION_SUBSPACE -> new NoiseDirections(noise);
            case LOW_RANK ->
                    new LowRankDirections(
                            noise,
                            tensors,
                            method.directions(),
                            (int) method.value(MethodSetting.DIRECTION_RANK),
                            (int) method.value(MethodSetting.REFRESH_EVERY));
            case CONE ->
                    new ConeDirections(
                            noise,
                            tensors,
                            pool,
                            method.value(MethodSetting.CONE_ANGLE),
                            method.momentum());
            case SPARSE ->
                    new SparseDirections(
                            noise, tensors, pool, method.value(MethodSetting.SPARSE_SHARE));
        };
    }

    static UpdateRule rule(MethodSpec method, DirectionSampler directions, List<Tensor> tensors) {
        double beta2 = method.value(MethodSetting.SECOND_MOMENT);
        double stability = method.value(MethodSetting.STABILITY);
        return switch (method.update()) {
            case SGD, CONSERVATIVE -> new SgdUpdate();
            case SIGN -> new SignUpdate();
            case MOMENTUM -> new MomentumUpdate(tensors, directions, method.momentum());
            case ADAM -> new AdamUpdate(tensors, directions, method.momentum(), beta2, stability);
            case VARIANCE_NORMALISED -> new VarianceNormalisedUpdate(method.perturbationScale());
            case SCALAR_ADAPTIVE -> new ScalarAdaptiveUpdate(beta2, stability);
            case LOW_RANK_MOMENTUM ->
                    new LowRankMomentumUpdate(
                            tensors, (LowRankDirections) directions, method.momentum());
        };
    }
}
