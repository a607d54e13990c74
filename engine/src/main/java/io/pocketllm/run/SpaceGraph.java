package io.pocketllm.run;

import io.pocketllm.forward.BaseModel;
import io.pocketllm.forward.GraphPass;
import io.pocketllm.model.BaseFormat;
import io.pocketllm.model.ForwardGraph;
import io.pocketllm.model.GraphOptions;
import io.pocketllm.model.LoraAdapter;
import io.pocketllm.objective.RowObjective;
import io.pocketllm.tensor.DType;
import io.pocketllm.tensor.ParameterStore;
import io.pocketllm.tensor.Tensor;
import io.pocketllm.zo.MethodSpec;
import io.pocketllm.zo.MethodSpec.Space;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's forward graph with what a space adds to it, and the model's weights told apart: those
 * that move, as copies, and those that stay, as views of the file.
 *
 * @param base the model, and how its frozen weights are kept
 * @param adapters low-rank adapters; empty where the space has none
 * @param masters how weights are kept that move
 */
record SpaceGraph(
        BaseModel base, MethodSpec method, List<LoraAdapter> adapters, BaseFormat masters) {

    /**
     * A fresh graph.
     *
     * @param copies blocks of rows that meet copies of what moves; 1 for a plain graph
     */
    ForwardGraph forward(int copies) {
        int prefixTokens = method.space() == Space.PREFIX ? method.prefixTokens() : 0;
        boolean scales = method.space() == Space.SCALES;
        ForwardGraph forward =
                base.graph(
                        GraphOptions.PLAIN
                                .withFp32(this::moves)
                                .withPrefixTokens(prefixTokens)
                                .withTrainedScales(name -> scales));
        boolean oneA =
                method.space() == Space.LORA_B
                        || method.direction() == MethodSpec.Direction.ACTIVATION_SUBSPACE;
        for (LoraAdapter adapter : adapters) {
            if (copies == 1) {
                adapter.addTo(forward.graph());
            } else {
                adapter.addBranchedTo(forward.graph(), copies, oneA);
            }
        }
        return forward;
    }

    /**
     * The objective at the parameters themselves: model, what the space adds, and the objective's
     * end in one graph.
     *
     * @param trainable gets what moves beside what adapters and head put there before
     * @param frozen adapter matrices that stay
     * @param seed decides a prefix's random text
     */
    RowObjective objective(
            GraphEnd end, ParameterStore trainable, ParameterStore frozen, long seed) {
        if (method.space() == Space.PREFIX) {
            PrefixParameters.fromActivations(base, method.prefixTokens(), seed, trainable);
        }
        if (method.space() == Space.SCALES) {
            base.base().orElseThrow().scales().forEach(trainable::copyOf);
        }
        List<Tensor> others = new ArrayList<>(divide(trainable));
        others.addAll(frozen.tensors());
        ForwardGraph forward = forward(1);
        GraphEnd.Added added = end.addTo(forward, 1);
        return added.objective().apply(pass(forward, trainable, others));
    }

    private GraphPass pass(ForwardGraph forward, ParameterStore trainable, List<Tensor> others) {
        if (trainable.tensors().stream().anyMatch(tensor -> tensor.dtype() != DType.F32)) {
            return base.streamedPass(forward, trainable, others);
        }
        others.addAll(trainable.tensors());
        return base.pass(forward.graph(), others);
    }

    /**
     * Copies the weights that move into {@code trainable}.
     *
     * @return the others
     * @throws UncheckedIOException where the model's file cannot be read any more
     */
    private List<Tensor> divide(ParameterStore trainable) {
        for (Tensor weight : base.model().weights().values()) {
            if (isTrained(weight)) {
                copy(weight, trainable);
            }
        }
        return base.fed().stream().filter(weight -> !isTrained(weight)).toList();
    }

    private boolean isTrained(Tensor weight) {
        return moves(weight.name()) && weight.dtype().isWeight();
    }

    private void copy(Tensor weight, ParameterStore trainable) {
        try {
            DType dtype = masters.masters(weight.dtype(), weight.shape().length, movesHalves());
            base.model()
                    .read(weight.name(), trainable.allocate(weight.name(), dtype, weight.shape()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether weights stored as halves stay halves while they move. The graph of an ONNX file
     * rounds to halves itself where it was exported so; its weights move as fp32.
     */
    private boolean movesHalves() {
        return method.movesHalves() && Files.isDirectory(base.model().path());
    }

    private boolean moves(String weight) {
        return switch (method.space()) {
            case FULL -> true;
            case BITFIT -> MethodSpec.isBiasOrNorm(weight);
            case HEAD, LORA, LORA_B, PREFIX, SCALES -> false;
        };
    }
}
