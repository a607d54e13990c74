package io.pocketllm.run;

import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.objective.BranchedFrozenFeatures;
import io.pocketllm.objective.BranchedObjective;
import io.pocketllm.objective.BranchedRows;
import io.pocketllm.objective.FrozenFeatureObjective;
import io.pocketllm.objective.Objective;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec;
import java.util.ArrayList;
import java.util.List;

/** Puts the graph together that gives the losses of all of a step's points in one forward pass. */
final class BranchBuilder {

    private BranchBuilder() {}

    /** One tensor of shape (points, ...) for each that moves. */
    static ParameterStore copies(MethodSpec method, ParameterStore trainable) {
        ParameterStore copies = new ParameterStore();
        for (Tensor tensor : trainable.tensors()) {
            long[] shape = tensor.shape();
            long[] stacked = new long[shape.length + 1];
            stacked[0] = method.probes();
            System.arraycopy(shape, 0, stacked, 1, shape.length);
            copies.allocate(tensor.name(), stacked);
        }
        return copies;
    }

    /**
     * The objective over those copies.
     *
     * @param plain the objective at the parameters themselves, which goes on to evaluate
     */
    static BranchedObjective build(
            SpaceGraph space,
            GraphEnd end,
            Objective plain,
            ParameterStore copies,
            ParameterStore frozen) {
        int points = space.method().probes();
        if (plain instanceof FrozenFeatureObjective features) {
            return new BranchedFrozenFeatures(features, points, copies);
        }
        ForwardGraph forward = space.forward(points);
        GraphEnd.Added added = end.addTo(forward, points);
        List<Tensor> weights = new ArrayList<>(space.base().fed());
        weights.addAll(frozen.tensors());
        weights.addAll(copies.tensors());
        ForwardPass pass = space.base().wholePass(forward.graph(), weights);
        return new BranchedRows(
                pass,
                added.objective().apply(pass),
                points,
                copies,
                space.base().how().microBatch());
    }
}
