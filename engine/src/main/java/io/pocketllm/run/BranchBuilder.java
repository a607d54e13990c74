package io.pocketllm.run;

import io.pocketllm.forward.ForwardPass;
import io.pocketllm.model.LanguageModel;
import io.pocketllm.model.LinearHead;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.model.PooledText;
import io.pocketllm.objective.BranchedClassHead;
import io.pocketllm.objective.BranchedFrozenFeatures;
import io.pocketllm.objective.BranchedObjective;
import io.pocketllm.objective.FrozenFeatureObjective;
import io.pocketllm.objective.Objective;
import io.pocketllm.onnx.OnnxGraph;
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
            MethodSpec method,
            LanguageModel model,
            List<LoraAdapter> adapters,
            HeadParameters head,
            Objective plain,
            ParameterStore copies,
            ParameterStore frozen,
            int threads) {
        int points = method.probes();
        if (plain instanceof FrozenFeatureObjective features) {
            return new BranchedFrozenFeatures(features, points, copies);
        }
        int classes = (int) head.bias().elements();
        OnnxGraph graph = new OnnxGraph(model.file().model());
        boolean oneA =
                method.space() == MethodSpec.Space.LORA_B
                        || method.direction() == MethodSpec.Direction.ACTIVATION_SUBSPACE;
        adapters.forEach(adapter -> adapter.addBranchedTo(graph, points, oneA));
        PooledText.addTo(graph, model.hiddenStates());
        boolean oneWeight = head.subspace() != null;
        LinearHead.addBranchedTo(
                graph, PooledText.OUTPUT, model.hiddenSize(), classes, points, oneWeight);
        String logits =
                oneWeight ? head.subspace().addBranchedTo(graph, points, true) : LinearHead.LOGITS;
        graph.setOutputs(List.of(logits));
        List<Tensor> weights = new ArrayList<>(model.weights().values());
        weights.addAll(frozen.tensors());
        weights.addAll(copies.tensors());
        return new BranchedClassHead(
                new ForwardPass(graph, weights, threads), logits, classes, points, copies);
    }
}
